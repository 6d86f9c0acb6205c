package spillway.load.plan;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Shops publish their posts, people browse at a steady rate, then a burst of four times that rate comes down, much of it
 * on one viral post, and ebbs away again.
 *
 * @param seed decides every operation and instant
 * @param people how many take part
 * @param posts how many posts are published before the browsing begins
 * @param rate steady arrivals per second; the burst has {@value #BURST_FACTOR} times as many
 * @param browsing how long steady, burst and steady last together, without the publishing before
 */
public record BlackFriday(long seed, int people, int posts, double rate, Duration browsing) implements Plan {

    /** What the demo runs: about 45 s of traffic that a laptop with two cores carries next to all its servers. */
    public static final String DEFAULT_RATE = "250";

    public static final String DEFAULT_LENGTH = "40s";
    public static final String DEFAULT_USERS = "3000";
    public static final String DEFAULT_POSTS = "300";

    static final int BURST_FACTOR = 4;
    /** Publishing is traffic like any other, at this rate, with a pause afterwards for its answers to arrive. */
    static final int PUBLISHED_PER_SECOND = 75;

    static final Duration BREATH = Duration.ofSeconds(1);

    private static final long FIRST_USER = 1_000_001;

    public BlackFriday {
        if (people < 1 || posts < 1) {
            throw new IllegalArgumentException("at least one person and one post are needed");
        }
    }

    @Override
    public String title() {
        return "black-friday";
    }

    @Override
    public List<Phase> phases() {
        Duration lull = browsing.multipliedBy(3).dividedBy(10);
        Duration burst = browsing.minus(lull).minus(lull);
        Duration before = Duration.ofNanos(publishedAt(posts)).plus(BREATH);
        return List.of(
                new Phase("publish", before, posts / seconds(before)),
                new Phase("steady", lull, rate),
                new Phase("burst", burst, BURST_FACTOR * rate),
                new Phase("after", lull, rate));
    }

    @Override
    public List<Long> users() {
        return LongStream.range(FIRST_USER, FIRST_USER + people).boxed().toList();
    }

    @Override
    public Iterator<Planned> operations() {
        return new Crowd(this);
    }

    long user(int index) {
        return FIRST_USER + index;
    }

    static long publishedAt(int post) {
        return post * 1_000_000_000L / PUBLISHED_PER_SECOND;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
