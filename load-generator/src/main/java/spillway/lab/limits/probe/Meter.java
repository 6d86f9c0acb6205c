package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import spillway.lab.stack.Part;

/** Reads the pace of work that is under way, slice by slice, and the CPU time it costs. */
public final class Meter {

    /** A disk that flushes or a JVM that collects can hold up a whole window of short slices; three in a row it cannot. */
    private static final int WINDOWS = 3;

    private final Window window;
    private final Function<Part, Duration> cpu;

    /** @param cpu the CPU time a part has used so far */
    public Meter(Window window, Function<Part, Duration> cpu) {
        this.window = window;
        this.cpu = cpu;
    }

    /**
     * Returns after the window, or after the first of three in which the work moved in most of the slices.
     *
     * @param servers whose CPU time the work is charged with
     * @throws ProbeFailure when the work fails or does not move
     */
    Reading read(Tally work, Set<Part> servers) throws ProbeFailure, InterruptedException {
        work.watch(window.warmUp(servers));
        long doneBefore = work.done();
        for (int tried = 0; tried < WINDOWS; tried++) {
            Optional<Reading> reading = readOnce(work, servers);
            if (reading.isPresent()) {
                return reading.get();
            }
        }
        throw new ProbeFailure("next to nothing was done: %d in %d slices of %d ms"
                .formatted(
                        work.done() - doneBefore,
                        WINDOWS * window.slices(),
                        window.slice().toMillis()));
    }

    /** @return empty when the work stood still in half of the slices or more: their median would say so of all */
    private Optional<Reading> readOnce(Tally work, Set<Part> servers) throws ProbeFailure, InterruptedException {
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
        if (Arrays.stream(rates).filter(rate -> rate > 0).count() * 2 <= rates.length) {
            return Optional.empty();
        }

        long operations = work.done() - doneBefore;
        Duration client = ownCpu().minus(clientBefore);
        Map<Part, Double> micros = new EnumMap<>(Part.class);
        cpuOf(servers).forEach((part, after) -> {
            Duration before = serversBefore.getOrDefault(part, Duration.ZERO);
            micros.put(part, micros(after.minus(before), operations));
        });
        return Optional.of(Reading.of(rates, micros, micros(client, operations)));
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
