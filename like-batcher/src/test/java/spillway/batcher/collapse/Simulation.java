package spillway.batcher.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import spillway.batcher.collapse.PartitionBatch.Flushed;
import spillway.batcher.redis.LuaRedis;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/**
 * One partition's log, one Redis, and two batchers that both think the partition is theirs, under a seeded schedule of
 * everything that goes wrong: crashes between any two steps, stalls with a window in hand, commands that are lost, that
 * arrive but whose answers are lost, or that arrive much later, a Redis that goes back in time or loses everything.
 *
 * <p>After each change of a bucket its sets and counts must be exactly what the log up to its watermark says; and once
 * the faults end, every bucket must come to the end of the log.
 */
final class Simulation {

    /** Makes a batcher's kernel; mutants override its guards. */
    interface Kernel extends BiFunction<CounterStore, Window, PartitionBatch> {}

    /** Something is not as the log says. */
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Violation(long seed, String what) {
            super("seed " + seed + ": " + what);
        }
    }

    private static final String TOPIC = "topic-1";
    private static final int POSTS = 5;
    private static final int MEMBERS = 4;
    private static final int SEQUENCES = 6;

    /** Where doubles start to merge neighbours: comparing offsets as numbers must show. */
    private static final long FIRST_OFFSET = 1L << 53;

    /** @param sequence small, so that retries and late operations are frequent; 0 for none */
    private record Operation(long offset, long post, long member, boolean add, long sequence) {}

    private final class Batcher {
        PartitionBatch batch = kernel.apply(faulty, new Window());
        long position;
        long folded = -1;

        void crash() {
            batch = kernel.apply(faulty, new Window());
            folded = -1;
        }

        /** One step of what the consumer's thread does between two polls. */
        void step() {
            switch (batch.state()) {
                case UNPLACED ->
                    position = Math.max(FIRST_OFFSET, batch.place(TOPIC, stored(), FIRST_OFFSET + log.size()));
                case RUNNING -> {
                    if (folded >= 0) {
                        long through = folded;
                        folded = -1;
                        batch.flush(through);
                    } else {
                        poll();
                    }
                }
                case FLUSHING -> {
                    if (folded < 0 && random.nextBoolean()) {
                        poll();
                    } else if (!(batch.settle() instanceof Flushed.Done)) {
                        folded = -1;
                    }
                }
            }
        }

        private void poll() {
            int from = (int) (position - FIRST_OFFSET);
            List<Operation> records = log.subList(from, Math.min(log.size(), from + 1 + random.nextInt(6)));
            if (records.isEmpty()) {
                if (batch.state() == PartitionBatch.State.RUNNING && !batch.agrees(stored())) {
                    batch.displace();
                }
                return;
            }
            records.forEach(record ->
                    batch.add(record.offset(), record.post(), record.member(), record.add(), record.sequence(), 0));
            folded = records.getLast().offset();
            position = folded + 1;
        }
    }

    private final long seed;
    private final Random random;
    private final Kernel kernel;
    private final LuaRedis redis;
    private final CounterStore faulty = new FaultyStore();
    private final List<Operation> log = new ArrayList<>();
    private final List<Runnable> underWay = new ArrayList<>();
    private final List<Batcher> batchers;
    private Map<String, Object> snapshot;
    private boolean calm;

    Simulation(long seed, String script, Kernel kernel) {
        this.seed = seed;
        this.random = new Random(seed);
        this.kernel = kernel;
        this.redis = new LuaRedis(script);
        this.snapshot = redis.snapshot();
        this.batchers = List.of(new Batcher(), new Batcher());
    }

    /** @throws Violation when counts and log disagree */
    void run() {
        for (int step = 0; step < 120; step++) {
            event();
        }
        calm = true;
        underWay.clear();
        for (int step = 0; step < 400; step++) {
            batchers.get(step % 2).step();
        }
        for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
            check(bucket);
            if (!log.isEmpty()
                    && redis.watermark(0, bucket).offset() != log.getLast().offset()) {
                throw new Violation(seed, "bucket " + bucket + " stays at " + redis.watermark(0, bucket));
            }
        }
    }

    private void event() {
        Batcher batcher = batchers.get(random.nextInt(2));
        switch (random.nextInt(40)) {
            case 0 -> batcher.crash();
            case 1 -> redis.restore(snapshot);
            case 2, 3 -> snapshot = redis.snapshot();
            case 4 -> {
                if (random.nextInt(4) == 0) {
                    redis.restore(Map.of());
                    snapshot = redis.snapshot();
                }
            }
            case 5, 6 -> {
                if (!underWay.isEmpty()) {
                    underWay.remove(random.nextInt(underWay.size())).run();
                }
            }
            case 7, 8, 9, 10, 11, 12, 13 ->
                log.add(new Operation(
                        FIRST_OFFSET + log.size(),
                        1 + random.nextInt(POSTS),
                        1 + random.nextInt(MEMBERS),
                        random.nextInt(10) < 6,
                        Math.max(0, random.nextInt(2 * SEQUENCES) - SEQUENCES)));
            default -> batcher.step();
        }
    }

    private List<Watermark> stored() {
        return redis.watermarks(0).toCompletableFuture().join();
    }

    private void check(int bucket) {
        long upTo = redis.watermark(0, bucket).offset();
        Map<Long, Set<String>> expected = new TreeMap<>();
        Map<Long, Map<String, Long>> highest = new HashMap<>();
        for (Operation operation : log) {
            if (operation.offset() <= upTo && CounterLayout.bucket(operation.post()) == bucket) {
                Set<String> members = expected.computeIfAbsent(operation.post(), post -> new TreeSet<>());
                String member = Long.toString(operation.member());
                if (operation.sequence() > 0) {
                    Map<String, Long> ofPost = highest.computeIfAbsent(operation.post(), post -> new HashMap<>());
                    if (operation.sequence() <= ofPost.getOrDefault(member, 0L)) {
                        continue;
                    }
                    ofPost.put(member, operation.sequence());
                }
                if (operation.add()) {
                    members.add(member);
                } else {
                    members.remove(member);
                }
            }
        }
        Map<Long, Long> counts = new HashMap<>();
        expected.forEach((post, members) -> {
            if (!members.equals(redis.members(0, post))) {
                throw new Violation(
                        seed, "post " + post + " has " + redis.members(0, post) + ", the log says " + members);
            }
            if (!members.isEmpty()) {
                counts.put(post, (long) members.size());
            }
        });
        if (!counts.equals(redis.counts(0, bucket))) {
            throw new Violation(seed, "counts are " + redis.counts(0, bucket) + ", the log says " + counts);
        }
    }

    private final class FaultyStore implements CounterStore {

        @Override
        public CompletionStage<List<Watermark>> watermarks(int partition) {
            return redis.watermarks(partition);
        }

        @Override
        public CompletionStage<Reply> compareAndApply(
                int partition, int bucket, Watermark expected, Watermark next, Fold changes) {
            Supplier<Reply> command = redis.prepare(partition, bucket, expected, next, changes);
            Supplier<Reply> checked = () -> {
                Reply reply = command.get();
                check(bucket);
                return reply;
            };
            return switch (calm ? -1 : random.nextInt(30)) {
                case 0 -> lost();
                case 1 -> {
                    underWay.add(() -> answer(checked));
                    yield lost();
                }
                case 2 -> {
                    answer(checked);
                    yield lost();
                }
                default -> CompletableFuture.completedFuture(checked.get());
            };
        }

        @Override
        public CompletionStage<?> reject(int partition, List<Long> offsets) {
            return redis.reject(partition, offsets);
        }

        /** Runs the command; whatever it answers, nobody hears it. */
        private void answer(Supplier<Reply> command) {
            assertThat(command.get()).isNotNull();
        }

        private CompletionStage<Reply> lost() {
            return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        }
    }
}
