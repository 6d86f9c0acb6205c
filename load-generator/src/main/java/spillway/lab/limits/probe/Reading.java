package spillway.lab.limits.probe;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import spillway.lab.stack.Part;

/**
 * What a probe read: the median of its slices, and what an operation cost.
 *
 * @param rate operations per second, the median of the slices
 * @param lowest the slowest slice's rate
 * @param highest the fastest slice's rate
 * @param cpuMicros CPU time per operation, in microseconds, of each server process involved
 * @param clientCpuMicros the same of the measuring process, which shares the cores with the servers
 */
public record Reading(double rate, double lowest, double highest, Map<Part, Double> cpuMicros, double clientCpuMicros) {

    public Reading {
        if (!(0 < rate && lowest <= rate && rate <= highest)) {
            throw new IllegalArgumentException(
                    "not a rate between its extremes: " + lowest + ", " + rate + ", " + highest);
        }
        cpuMicros = Collections.unmodifiableMap(new TreeMap<>(cpuMicros));
    }

    static Reading of(double[] slices, Map<Part, Double> cpuMicros, double clientCpuMicros) {
        double[] sorted = slices.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Reading(median, sorted[0], sorted[sorted.length - 1], cpuMicros, clientCpuMicros);
    }

    /** Half of what lies between the extremes, as a part of the rate. */
    public double spread() {
        return (highest - lowest) / 2 / rate;
    }

    /** Of all server processes together. */
    public double serverCpuMicros() {
        return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
