package spillway.lab.stack;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The stack's meters at one moment, or the difference of two.
 *
 * @param cpu processor time of each part, children included
 * @param ownCpu processor time of this process, which makes the load
 * @param writes what each store counted
 */
public record Reading(Map<Part, Duration> cpu, Duration ownCpu, Map<Store, Long> writes) {

    public Reading {
        cpu = Map.copyOf(cpu);
        writes = Map.copyOf(writes);
    }

    /** What came to pass since an earlier reading. */
    public Reading since(Reading earlier) {
        Map<Part, Duration> cpuSince = new EnumMap<>(Part.class);
        cpu.forEach((part, time) -> cpuSince.put(part, time.minus(earlier.cpuOf(part))));
        Map<Store, Long> writesSince = new EnumMap<>(Store.class);
        writes.forEach((store, count) -> writesSince.put(store, count - earlier.writesOf(store)));
        return new Reading(cpuSince, ownCpu.minus(earlier.ownCpu), writesSince);
    }

    public Duration cpuOf(Part part) {
        return cpu.getOrDefault(part, Duration.ZERO);
    }

    public long writesOf(Store store) {
        return writes.getOrDefault(store, 0L);
    }

    /** Processor time of all parts together, without this process. */
    public Duration totalCpu() {
        return cpu.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
