package spillway.load.plan;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A crowd before a number of posts: first the posts are published, then people come and go as the shape has it, do what
 * the mix says, and turn to the posts that are popular.
 *
 * @param seed decides every operation and instant
 * @param people how many take part
 * @param posts how many posts are published before the browsing begins
 * @param earlier how many more posts earlier scenarios with the same people have made: a new one is numbered after them
 */
public record Scenario(
        String title, long seed, int people, int posts, int earlier, Shape shape, Mix mix, Popularity popularity)
        implements Plan {

    /** Publishing is traffic like any other, but insists: browsing begins when there is something to browse. */
    static final int PUBLISHED_PER_SECOND = 75;

    private static final long FIRST_USER = 1_000_001;

    public Scenario {
        if (people < 1 || posts < 1) {
            throw new IllegalArgumentException("at least one person and one post are needed");
        }
    }

    public Scenario(String title, long seed, int people, int posts, Shape shape, Mix mix, Popularity popularity) {
        this(title, seed, people, posts, 0, shape, mix, popularity);
    }

    @Override
    public List<Part> parts() {
        return List.of(publishing(), browsing());
    }

    /** The posts that everything else is about; a part that insists. */
    public Part publishing() {
        Phase publish = Phase.warmUp("publish", Duration.ofNanos(publishedAt(posts)), PUBLISHED_PER_SECOND);
        return new Part(List.of(publish), true, new Crowd(this).published());
    }

    public Part browsing() {
        return new Part(shape.phases(), false, () -> new Crowd(this));
    }

    /** The same people before the same posts, on another day. */
    public Scenario again(long otherSeed, int madeSince, Shape otherShape) {
        return new Scenario(title, otherSeed, people, posts, madeSince, otherShape, mix, popularity);
    }

    @Override
    public List<Long> users() {
        return LongStream.range(FIRST_USER, FIRST_USER + people).boxed().toList();
    }

    long user(int index) {
        return FIRST_USER + index;
    }

    static long publishedAt(int post) {
        return post * 1_000_000_000L / PUBLISHED_PER_SECOND;
    }
}
