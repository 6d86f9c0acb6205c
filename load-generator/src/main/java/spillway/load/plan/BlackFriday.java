package spillway.load.plan;

import java.time.Duration;
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
 * @param browsing how long steady, burst and steady last together, without the publishing and the warm-up before, which is
 *     as long as the first steady phase
 */
public record BlackFriday(long seed, int people, int posts, double rate, Duration browsing) implements Plan {

    /**
     * What the demo runs: under a minute of traffic that a laptop with two cores carries next to all its servers, seconds
     * after they were started.
     */
    public static final String DEFAULT_RATE = "80";

    public static final String DEFAULT_LENGTH = "40s";
    public static final String DEFAULT_USERS = "3000";
    public static final String DEFAULT_POSTS = "300";

    static final int BURST_FACTOR = 4;
    /** Publishing is traffic like any other, but insists: browsing begins when there is something to browse. */
    static final int PUBLISHED_PER_SECOND = 75;

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
    public List<Part> parts() {
        Duration publishing = Duration.ofNanos(publishedAt(posts));
        Duration lull = browsing.multipliedBy(3).dividedBy(10);
        List<Phase> phases = List.of(
                Phase.warmUp("warm-up", lull, rate),
                new Phase("steady", lull, rate),
                new Phase("burst", browsing.minus(lull).minus(lull), BURST_FACTOR * rate),
                new Phase("after", lull, rate));
        return List.of(
                new Part(
                        List.of(Phase.warmUp("publish", publishing, PUBLISHED_PER_SECOND)),
                        true,
                        new Crowd(this, phases).published()),
                new Part(phases, false, () -> new Crowd(this, phases)));
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
