package spillway.lab.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import spillway.load.plan.Arrivals;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Knock;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Part;
import spillway.load.plan.Phase;
import spillway.load.plan.Plan;
import spillway.load.plan.Planned;
import spillway.load.plan.Zipf;

/**
 * Writes of one pattern, in as many stretches as are asked for: each goes on where the one before ended, so that what is
 * new stays new. Two with the same seed give the same writes. Not thread-safe.
 */
public final class Writes implements Plan {

    private static final int PUBLISHED_PER_SECOND = 100;
    private static final long NANOS = 1_000_000_000L;

    private final Pattern pattern;
    private final List<Long> users;
    private final SplittableRandom random;
    private final Zipf zipf;
    private final int[] nextLiker;
    private long made;

    /** @param users who write, in this order */
    public Writes(Pattern pattern, List<Long> users, long seed) {
        this.pattern = pattern;
        this.users = List.copyOf(users);
        this.random = new SplittableRandom(seed);
        this.zipf = new Zipf(pattern.posts());
        this.nextLiker = new int[pattern.posts()];
    }

    @Override
    public String title() {
        return pattern.title();
    }

    @Override
    public List<Long> users() {
        return users;
    }

    /** Only the posts: what comes after is asked for stretch by stretch. */
    @Override
    public List<Part> parts() {
        return List.of(publishing());
    }

    /** The posts that are liked later. */
    public Part publishing() {
        List<Planned> published = new ArrayList<>();
        for (int post = 0; post < pattern.posts(); post++) {
            published.add(new Planned(
                    post * NANOS / PUBLISHED_PER_SECOND, new CreatePost(post, author(post), "Post " + post)));
        }
        Duration length = Duration.ofNanos(pattern.posts() * NANOS / PUBLISHED_PER_SECOND);
        return new Part(List.of(Phase.warmUp("publish", length, PUBLISHED_PER_SECOND)), true, published);
    }

    /** The next writes, at a constant rate. */
    public Part stretch(double rate, Duration warmUp, Duration measured) {
        List<Phase> phases = List.of(Phase.warmUp("warm-up", warmUp, rate), new Phase("measured", measured, rate));
        Arrivals arrivals = new Arrivals(phases, random.split());
        return new Part(phases, false, () -> new Iterator<>() {
            private long at = arrivals.next();

            @Override
            public boolean hasNext() {
                return at >= 0;
            }

            @Override
            public Planned next() {
                if (at < 0) {
                    throw new NoSuchElementException();
                }
                Planned next = new Planned(at, write());
                at = arrivals.next();
                return next;
            }
        });
    }

    private Operation write() {
        long number = made++;
        return switch (pattern) {
            case HOT -> like(hotPost(number));
            case KNOCKS -> new Knock(hotPost(number), users.get((int) (number % users.size())));
            case ZIPF -> like(zipf.draw(random));
            case SPREAD -> like((int) (number % pattern.posts()));
            case POSTS -> {
                int post = pattern.posts() + (int) number;
                yield new CreatePost(post, author(post), "Post " + post);
            }
        };
    }

    private int hotPost(long number) {
        return (int) (number / users.size() % pattern.posts());
    }

    private Like like(int post) {
        return new Like(post, users.get(nextLiker[post]++ % users.size()));
    }

    private long author(int post) {
        return users.get(post % users.size());
    }
}
