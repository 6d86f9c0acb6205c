package spillway.chaos.reshard;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * The posts that are there before anybody writes: what each of them is follows from its number, so that none of them needs
 * to be remembered before it is touched. They spread over 30 days of 2025; some were edited, some deleted, some have a
 * comment.
 *
 * @param posts how many, numbers from 0
 * @param users who wrote them, in turn
 */
record Planted(int posts, int users) {

    static final int MOST = 20_000_000;

    /** Numbers that no other traffic uses. */
    private static final long FIRST_USER = 8_000_001;

    private static final long FROM = Duration.between(PostId.EPOCH, Instant.parse("2025-10-01T00:00:00Z"))
            .toMillis();
    private static final long SPAN = Duration.ofDays(30).toMillis();

    Planted {
        if (posts < 1 || posts > MOST || users < 1) {
            throw new IllegalArgumentException("nothing to plant: %d posts of %d users".formatted(posts, users));
        }
    }

    long user(int number) {
        return FIRST_USER + number;
    }

    long author(int post) {
        return user(post % users);
    }

    long id(int post) {
        return id(post, 0);
    }

    /** The number of the post with this id; empty when it is none of these. */
    OptionalInt number(long id) {
        long millis = Duration.between(PostId.EPOCH, new PostId(id).createdAt()).toMillis() - FROM;
        long number = millis / step();
        return millis >= 0 && number < posts && id((int) number) == id
                ? OptionalInt.of((int) number)
                : OptionalInt.empty();
    }

    boolean isDeleted(int post) {
        return post % 50 == 49;
    }

    long version(int post) {
        return isDeleted(post) || post % 10 == 3 ? 2 : 1;
    }

    /** What {@link Text} it holds, were it not deleted. */
    long text(int post) {
        return post;
    }

    boolean hasComment(int post) {
        return post % 10 == 0;
    }

    long comment(int post) {
        return id(post, 1);
    }

    private long id(int post, int sequence) {
        Slot slot = Slot.of(new UserId(author(post)));
        return PostId.of(FROM + post * step(), slot, sequence).value();
    }

    private long step() {
        return SPAN / posts;
    }
}
