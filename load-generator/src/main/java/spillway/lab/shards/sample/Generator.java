package spillway.lab.shards.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * Makes up new posts at a constant rate over {@link #SPAN}, with ids as the platform makes them. Two with the same
 * settings make the same.
 *
 * @param population who writes
 * @param users how many there are, at least 1
 * @param writes how many, 1 to {@value #MOST}
 * @param seed of all that is left to chance
 */
public record Generator(Population population, int users, int writes, long seed) {

    /** Each write has a millisecond of its own with room to spare, and all fit into memory. */
    public static final int MOST = 5_000_000;

    static final Duration SPAN = Duration.ofDays(30);

    public Generator {
        if (users < 1 || users > MOST || writes < 1 || writes > MOST) {
            throw new IllegalArgumentException("users and writes must be 1 to " + MOST + ": " + users + ", " + writes);
        }
    }

    public Sample sample() {
        SplittableRandom random = new SplittableRandom(seed);
        IntToLongFunction writers = population.writers(users, writes, random.split());
        Homes homes = new Homes(seed);
        long gap = SPAN.toMillis() / writes;
        List<Write> made = new ArrayList<>(writes);
        for (int write = 0; write < writes; write++) {
            long user = writers.applyAsLong(write);
            long millis = write * gap + random.nextLong(gap);
            PostId post = PostId.of(millis, new UserId(user).slot(), 0);
            made.add(new Write(user, post.value(), homes.of(user), Optional.of(post.createdAt())));
        }
        String title =
                String.format(Locale.ROOT, "%,d new posts in %d days: %s", writes, SPAN.toDays(), population.title());
        return new Sample(title, List.of(Homes.NOTE, "Users: %,d; seed %d.".formatted(users, seed)), made);
    }
}
