package spillway.lab.limits.probe;

import java.time.Duration;

/**
 * How long a probe is read.
 *
 * @param warmUp before the first slice; more than 0
 * @param slice length of each slice; more than 0
 */
public record Window(Duration warmUp, Duration slice, int slices) {

    private static final int SLICES = 3;

    /** What a probe needs besides, to prepare and to tidy up, on average. */
    private static final Duration AROUND = Duration.ofMillis(500);

    public Window {
        if (!warmUp.isPositive() || !slice.isPositive() || slices < 1) {
            throw new IllegalArgumentException("not a window: " + warmUp + ", " + slices + " x " + slice);
        }
    }

    /** Three slices, and a third as much again before them. */
    public static Window of(Duration slices) {
        return new Window(slices.dividedBy(SLICES), slices.dividedBy(SLICES), SLICES);
    }

    /**
     * The window with which so many probes end in time.
     *
     * @throws IllegalArgumentException when the time is too short for so many
     */
    public static Window fitting(Duration total, int probes) {
        return of(total.dividedBy(probes).minus(AROUND).multipliedBy(SLICES).dividedBy(SLICES + 1));
    }
}
