package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import spillway.lab.stack.Part;

/** Reads the pace of work that is under way, slice by slice, and the CPU time it costs. */
public final class Meter {

    private final Window window;
    private final Function<Part, Duration> cpu;

    /** @param cpu the CPU time a part has used so far */
    public Meter(Window window, Function<Part, Duration> cpu) {
        this.window = window;
        this.cpu = cpu;
    }

    /**
     * Returns after the window.
     *
     * @param servers whose CPU time the work is charged with
     * @throws ProbeFailure when the work fails or does not move
     */
    Reading read(Tally work, Set<Part> servers) throws ProbeFailure, InterruptedException {
        work.watch(window.warmUp(servers));
        Map<Part, Duration> serversBefore = cpuOf(servers);
        Duration clientBefore = ownCpu();
        long doneBefore = work.done();

        double[] rates = new double[window.slices()];
        for (int slice = 0; slice < rates.length; slice++) {
            long begun = System.nanoTime();
            long done = work.done();
            work.watch(window.slice());
            rates[slice] = (work.done() - done) * 1e9 / (System.nanoTime() - begun);
        }

        long operations = work.done() - doneBefore;
        Duration client = ownCpu().minus(clientBefore);
        Map<Part, Double> micros = new EnumMap<>(Part.class);
        cpuOf(servers).forEach((part, after) -> {
            Duration before = serversBefore.getOrDefault(part, Duration.ZERO);
            micros.put(part, micros(after.minus(before), operations));
        });
        if (Arrays.stream(rates).filter(rate -> rate > 0).count() * 2 <= rates.length) {
            throw new ProbeFailure("next to nothing was done: %d in %d slices of %d ms"
                    .formatted(operations, rates.length, window.slice().toMillis()));
        }
        return Reading.of(rates, micros, micros(client, operations));
    }

    private Map<Part, Duration> cpuOf(Set<Part> servers) {
        Map<Part, Duration> used = new EnumMap<>(Part.class);
        servers.forEach(part -> used.put(part, cpu.apply(part)));
        return used;
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A worker process that ended meanwhile takes its past along: less than nothing is nothing. */
    private static double micros(Duration used, long operations) {
        return Math.max(0, used.toNanos()) / 1e3 / Math.max(1, operations);
    }
}
