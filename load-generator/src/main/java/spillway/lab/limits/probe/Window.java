package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import spillway.lab.stack.Part;

/**
 * How long a probe is read.
 *
 * @param warmUp before the first slice
 * @param longWarmUp the same for servers on a JVM, which get faster as they run; the gateway gets a multiple of it
 * @param slice length of each slice
 */
public record Window(Duration warmUp, Duration longWarmUp, Duration slice, int slices) {

    private static final int SLICES = 3;
    private static final int LONG = 5;

    /** What a probe needs besides, to prepare and to tidy up, on average. */
    private static final Duration AROUND = Duration.ofMillis(500);

    /** All services are compiled while the gateway's probe, the first of theirs, is warmed up: until then a request costs
     * several times as much. */
    private static final int LONGER = 8;

    private static final Set<Part> NATIVE = EnumSet.of(Part.POSTGRES_A, Part.POSTGRES_B, Part.REDIS);

    public Window {
        if (!warmUp.isPositive() || !longWarmUp.isPositive() || !slice.isPositive() || slices < 1) {
            throw new IllegalArgumentException("not a window: " + warmUp + ", " + slices + " x " + slice);
        }
    }

    /** Three slices of this length, after a warm-up of one or five times as long. */
    public static Window of(Duration slice) {
        return new Window(slice, slice.multipliedBy(LONG), slice, SLICES);
    }

    /**
     * The window with which all these probes together take about so long.
     *
     * @throws IllegalArgumentException when the time is too short for so many
     */
    public static Window fitting(Duration total, Collection<Probe> probes) {
        int slices = probes.stream()
                .mapToInt(probe -> SLICES + warmUpSlices(probe.servers()))
                .sum();
        return of(total.minus(AROUND.multipliedBy(probes.size())).dividedBy(slices));
    }

    Duration warmUp(Set<Part> servers) {
        if (NATIVE.containsAll(servers)) {
            return warmUp;
        }
        return servers.contains(Part.GATEWAY) ? longWarmUp.multipliedBy(LONGER) : longWarmUp;
    }

    private static int warmUpSlices(Set<Part> servers) {
        if (NATIVE.containsAll(servers)) {
            return 1;
        }
        return servers.contains(Part.GATEWAY) ? LONG * LONGER : LONG;
    }
}
