package spillway.gateway.admission;

import com.netflix.concurrency.limits.Limit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service with so many workers and an endless queue, behind a limit: what arrives over the limit is refused. Service times
 * are heavy-tailed (Pareto). Time is simulated; the same seed gives the same run.
 */
final class LimitSimulation {

    private static final double TAIL = 2.2;

    private final Limit limit;
    private final int workers;
    private final double meanMillis;
    private final Random random;
    private final PriorityQueue<Job> running = new PriorityQueue<>();
    private final Queue<Job> queue = new ArrayDeque<>();
    private double now;

    LimitSimulation(Limit limit, int workers, double meanMillis, long seed) {
        this.limit = limit;
        this.workers = workers;
        this.meanMillis = meanMillis;
        this.random = new Random(seed);
    }

    /** Arrivals at so many times the capacity for so long. */
    Phase run(double times, double seconds) {
        double capacityPerMilli = workers / meanMillis;
        double end = now + seconds * 1_000;
        List<Double> took = new ArrayList<>();
        int offered = 0;
        int refused = 0;
        double nextArrival = now;
        while (true) {
            Job first = running.peek();
            if (first != null && first.ends <= Math.min(nextArrival, end)) {
                running.poll();
                now = first.ends;
                took.add(now - first.arrived);
                limit.onSample(nanos(first.arrived), nanos(now - first.arrived), first.withIt, false);
                start(queue.poll());
                continue;
            }
            if (nextArrival >= end) {
                now = end;
                break;
            }
            now = nextArrival;
            nextArrival += -Math.log(1 - random.nextDouble()) / (times * capacityPerMilli);
            offered++;
            int underWay = running.size() + queue.size();
            if (underWay >= limit.getLimit()) {
                refused++;
            } else {
                Job job = new Job(now, underWay + 1, service());
                if (running.size() < workers) {
                    start(job);
                } else {
                    queue.add(job);
                }
            }
        }
        Collections.sort(took);
        return new Phase(
                took.size() / (seconds * 1_000 * capacityPerMilli),
                took.isEmpty() ? 0 : took.get((int) (took.size() * 0.99)),
                offered == 0 ? 0 : (double) refused / offered,
                limit.getLimit());
    }

    private void start(@Nullable Job job) {
        if (job != null) {
            job.ends = now + job.service;
            running.add(job);
        }
    }

    private double service() {
        double least = meanMillis * (TAIL - 1) / TAIL;
        return Math.min(least / Math.pow(1 - random.nextDouble(), 1 / TAIL), 100 * meanMillis);
    }

    private static long nanos(double millis) {
        return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
    }

    /**
     * @param goodput of the capacity, 0 to 1
     * @param p99Millis of what was answered
     * @param refused share of what arrived
     * @param limit at the end
     */
    record Phase(double goodput, double p99Millis, double refused, int limit) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.3f of capacity, p99 %.0f ms, %.3f %% refused, limit %d",
                    goodput,
                    p99Millis,
                    100 * refused,
                    limit);
        }
    }

    private static final class Job implements Comparable<Job> {

        private final double arrived;
        private final int withIt;
        private final double service;
        private double ends;

        Job(double arrived, int withIt, double service) {
            this.arrived = arrived;
            this.withIt = withIt;
            this.service = service;
        }

        @Override
        public int compareTo(Job other) {
            return Double.compare(ends, other.ends);
        }
    }

    /** Prints the table of docs/adr/0020. */
    public static void main(String[] args) {
        for (int workers : new int[] {4, 16, 64}) {
            for (int seed = 1; seed <= 3; seed++) {
                print("gradient2", Limits.gradient2(20, 200), workers, seed);
                print("vegas", Limits.vegas(20, 200), workers, seed);
            }
        }
    }

    private static void print(String name, Limit limit, int workers, int seed) {
        LimitSimulation simulation = new LimitSimulation(limit, workers, 8, seed);
        System.out.printf(
                Locale.ROOT,
                "%-9s %2d workers, seed %d: before %s; first second %s; burst %s; after %s; later %s%n",
                name,
                workers,
                seed,
                simulation.run(0.6, 30),
                simulation.run(12, 1),
                simulation.run(12, 59),
                simulation.run(0.6, 10),
                simulation.run(0.6, 30));
    }
}
