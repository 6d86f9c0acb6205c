package spillway.chaos.reshard;

import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param rows posts planted beforehand
 * @param rate writes per second
 * @param kills of the worker, in all
 * @param length how long writes go on after the cutover
 * @param throttled whether the reshard gives way to writers
 * @param tampers whether a byte of a copied row is changed, which must halt the reshard
 */
record ReshardSettings(long seed, int rows, int rate, int kills, Duration length, boolean throttled, boolean tampers) {

    static final int FROM = 8;
    static final int TO = 16;

    private static final int MOST_USERS = 4_000;
    private static final int ENOUGH_WRITES = 5_000;

    Planted planted() {
        return new Planted(rows, Math.clamp(rows / 10, 50, MOST_USERS));
    }

    /** A short run is not about how long anything takes. */
    Duration warmUp(Duration longest) {
        Duration warmUp = length.multipliedBy(6);
        return warmUp.compareTo(longest) < 0 ? warmUp : longest;
    }

    /** The yardstick: a third of the length, and longer, up to all of it, until a p99 is of so many writes. */
    Duration before() {
        Duration third = length.dividedBy(3);
        Duration enough = Duration.ofSeconds(ENOUGH_WRITES).dividedBy(rate);
        Duration longer = third.compareTo(enough) < 0 ? enough : third;
        return longer.compareTo(length) < 0 ? longer : length;
    }

    /** What runs the same again. */
    String command() {
        return "./spillway chaos reshard --seed %d --rows %d --rate %d --kills %d --length %ds%s%s"
                .formatted(
                        seed,
                        rows,
                        rate,
                        kills,
                        length.toSeconds(),
                        throttled ? "" : " --no-throttle",
                        tampers ? " --tamper" : "");
    }
}
