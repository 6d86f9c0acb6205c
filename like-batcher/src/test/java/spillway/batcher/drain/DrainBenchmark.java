package spillway.batcher.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.platform.counters.CounterLayout;
import spillway.platform.events.Topics;
import spillway.stack.process.ChildProcess;

/**
 * How fast one batcher drains a backlog: {@code ./spillway bench drain}. The first drain is a batcher's start, compilers
 * and all. For each further one Redis loses everything, and the same batcher, warm by now, refills it from the log. Every
 * drain must end with the exact counts.
 */
class DrainBenchmark {

    private static final int LIKES = Integer.getInteger("spillway.benchmark.likes", 3_000_000);
    private static final int WARM_DRAINS = Integer.getInteger("spillway.benchmark.drains", 3);
    private static final int PARTITIONS = 8;
    private static final int RAW_READS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(2);

    @ParameterizedTest
    @EnumSource
    void aBacklog_isDrainedExactly(Pattern pattern) throws Exception {
        Topics topics = new Topics("bench-", PARTITIONS, (short) 1);
        try (Rig rig = Rig.start();
                View view = new View(rig.redisPort(), new CounterLayout("", PARTITIONS))) {
            Backlog backlog = Backlog.fill(rig.bootstrapServers(), topics, pattern, LIKES);
            double raw = LIKES
                    * 1e9
                    / Stream.generate(backlog::readThrough)
                            .limit(RAW_READS)
                            .mapToLong(Duration::toNanos)
                            .sorted()
                            .skip(RAW_READS / 2)
                            .findFirst()
                            .orElseThrow();
            say("%n%s: %,d likes on %,d posts; a consumer that only reads: %,.0f/s%n%s"
                    .formatted(pattern, LIKES, backlog.expected().size(), raw, Drain.head()));
            double empty = view.usedMemory();
            try (ChildProcess batcher = rig.startBatcher(topics, "")) {
                say(drain(rig, batcher, view, backlog, empty).row("first, cold", raw));
                List<Drain> warm = new ArrayList<>();
                for (int i = 0; i < WARM_DRAINS; i++) {
                    view.forget();
                    warm.add(drain(rig, batcher, view, backlog, empty));
                    say(warm.getLast().row("warm", raw));
                }
                warm.sort(Comparator.comparingDouble(Drain::perSecond));
                say(warm.get(warm.size() / 2).row("median of warm", raw));
            }
        }
    }

    /** Measures from the first window that arrived, so that neither the start nor the noticing of a loss is in it. */
    private static Drain drain(Rig rig, ChildProcess batcher, View view, Backlog backlog, double empty) {
        view.resetStatistics();
        long first = await(view, batcher, 1);
        long start = System.nanoTime();
        Map<String, Duration> cpu = rig.cpu(batcher);
        await(view, batcher, backlog.likes());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Map<String, Duration> spent = new TreeMap<>();
        rig.cpu(batcher).forEach((process, time) -> spent.put(process, time.minus(cpu.getOrDefault(process, time))));
        assertThat(view.counts()).isEqualTo(backlog.expected());
        return new Drain(
                backlog.likes() - first,
                took,
                spent,
                backlog.likes() / view.calls("hincrby"),
                view.micros("evalsha") / backlog.likes(),
                (view.usedMemory() - empty) / backlog.distinct());
    }

    private static long await(View view, ChildProcess batcher, long likes) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long applied = view.applied();
        while (applied < likes) {
            if (!batcher.isAlive()) {
                throw batcher.died();
            }
            assertThat(System.nanoTime())
                    .as("still %s of %s likes", applied, likes)
                    .isLessThan(deadline);
            LockSupport.parkNanos(LOOK.toNanos());
            applied = view.applied();
        }
        return applied;
    }

    @SuppressWarnings("SystemOut") // the report
    private static void say(String line) {
        System.out.println(line);
    }
}
