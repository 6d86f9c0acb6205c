package spillway.gateway.admission;

import java.util.random.RandomGenerator;

/** How many seconds a refused caller should wait, different for each so that they do not all come back at once. */
final class RetryAfter {

    private static final int LEAST = 1;
    private static final int MOST = 60;
    private static final double JITTER = 0.5;

    private RetryAfter() {}

    /** Until what is accepted is counted, at the rate that was measured; a second or two where nothing is known. */
    static int untilDrained(Signals metrics, RandomGenerator random) {
        Double backlog = metrics.backlog();
        Double rate = metrics.drainPerSecond();
        return backlog == null || rate == null || rate <= 0 ? soon(random) : jittered(backlog / rate, random);
    }

    static int soon(RandomGenerator random) {
        return jittered(LEAST, random);
    }

    /** Never sooner than asked for: half as long again at most. */
    private static int jittered(double seconds, RandomGenerator random) {
        double spread = Math.max(1, seconds * JITTER);
        return (int) Math.clamp(Math.ceil(seconds + random.nextDouble() * spread), LEAST, MOST);
    }
}
