package spillway.analytics.chunk;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import spillway.analytics.event.Event;
import spillway.analytics.event.Kind;

/**
 * One partition's log, a store that keeps of each row the write with the highest timestamp, and two readers that may both
 * think the partition is theirs, under a seeded schedule of everything that goes wrong: crashes between any two writes, writes
 * that are lost, that arrive but whose answers are lost, or that arrive much later, commits that are lost, replays from any
 * earlier offset, and compaction of what has been stored.
 *
 * <p>Once the faults end and the log has been read, every row must be what the whole log says, whatever was compacted since.
 */
final class Simulation {

    /** Something is not as the log says. */
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Violation(long seed, String what) {
            super("seed " + seed + ": " + what);
        }
    }

    private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PARTITION = 3;
    private static final long FIRST_OFFSET = 3L * Chunk.RECORDS - 20;

    private record Entry(long offset, Event event, long user) {}

    private record Write(RowKey key, long timestamp, long weight, ByteBuffer events) {}

    private final class Reader {
        @Nullable PartitionRows rows;

        void step() {
            PartitionRows mine = rows;
            if (mine == null) {
                rows = kernel.apply(committed);
                owner = this;
                return;
            }
            int most = 1 + random.nextInt(8);
            log.stream().filter(entry -> entry.offset >= mine.next()).limit(most).toList().stream()
                    .forEach(entry -> mine.add(entry.offset, entry.event));
            List<Write> writes = mine.unsaved().stream()
                    .map(row -> new Write(row.key(), row.timestamp(), row.weight(), row.packed()))
                    .toList();
            switch (calm ? -1 : random.nextInt(12)) {
                case 0 -> {
                    some(writes);
                    rows = null;
                }
                case 1 -> {
                    some(writes);
                    rows = kernel.apply(mine.stored());
                }
                default -> {
                    writes.forEach(Simulation.this::apply);
                    mine.saved();
                    if (owner == this && (calm || random.nextInt(4) > 0)) {
                        committed = mine.stored();
                        everCommitted = Math.max(everCommitted, committed);
                    }
                }
            }
        }

        private void some(List<Write> writes) {
            for (Write write : writes) {
                switch (random.nextInt(3)) {
                    case 0 -> apply(write);
                    case 1 -> underWay.add(write);
                    default -> {}
                }
            }
        }
    }

    private final long seed;
    private final Random random;
    private final LongFunction<PartitionRows> kernel;
    private final List<Entry> log = new ArrayList<>();
    private final List<Entry> whole = new ArrayList<>();
    private final List<Write> underWay = new ArrayList<>();
    private final Map<RowKey, Write> store = new HashMap<>();
    private final List<Reader> readers = List.of(new Reader(), new Reader());
    private Reader owner = readers.getFirst();
    private long end = FIRST_OFFSET;
    private long committed = FIRST_OFFSET;
    private long everCommitted = FIRST_OFFSET;
    private boolean calm;

    /** @param kernel makes a partition's rows from the first offset that is not stored; mutants override its guards */
    Simulation(long seed, LongFunction<PartitionRows> kernel) {
        this.seed = seed;
        this.random = new Random(seed);
        this.kernel = kernel;
    }

    /** @throws Violation when store and log disagree */
    void run() {
        for (int step = 0; step < 150; step++) {
            event();
        }
        calm = true;
        readers.getLast().rows = null;
        for (int step = 0; step < 150; step++) {
            readers.getLast().step();
        }
        deliver(underWay.size());
        check();
    }

    private void event() {
        switch (random.nextInt(30)) {
            case 0 -> readers.get(random.nextInt(2)).rows = null;
            case 1 -> committed = FIRST_OFFSET + (long) (random.nextDouble() * (committed - FIRST_OFFSET));
            case 2 -> compact();
            case 3, 4 -> deliver(1);
            case 5, 6, 7, 8, 9, 10, 11, 12 -> append();
            default -> readers.get(random.nextInt(2)).step();
        }
    }

    private void append() {
        long offset = end + (random.nextInt(12) == 0 ? random.nextInt(Chunk.RECORDS / 2) : 0);
        long user = 1L + random.nextInt(3);
        long post = 1L + random.nextInt(2);
        long id = 1L + random.nextInt(6);
        Event event = random.nextInt(5) == 0
                ? new Event(post, Kind.COMMENTS, MINUTE.plusMillis(id), id * 2 + post, user(id), 1, PARTITION)
                : new Event(
                        post,
                        random.nextBoolean() ? Kind.LIKES : Kind.UNLIKES,
                        MINUTE.plusMillis(random.nextInt(120_000)),
                        ((long) PARTITION << 48) | offset,
                        user,
                        1L + random.nextInt(2),
                        PARTITION);
        Entry entry = new Entry(offset, event, user);
        log.add(entry);
        whole.add(entry);
        end = offset + 1;
    }

    private static long user(long id) {
        return id % 3 + 1;
    }

    private void apply(Write write) {
        Write there = store.get(write.key);
        boolean wins = there == null
                || write.timestamp > there.timestamp
                || (write.timestamp == there.timestamp && random.nextBoolean());
        if (wins) {
            store.put(write.key, write);
        }
    }

    private void deliver(int writes) {
        for (int i = 0; i < writes && !underWay.isEmpty(); i++) {
            apply(underWay.remove(random.nextInt(underWay.size())));
        }
    }

    /** Of chunks that are stored as a whole, takes some of what later operations of the same user on the same post replaced. */
    private void compact() {
        long stored = Chunk.start(everCommitted);
        log.removeIf(entry -> entry.offset < stored
                && entry.event.kind().identity() == Kind.Identity.PLACE
                && random.nextBoolean()
                && log.stream()
                        .anyMatch(later -> later.offset > entry.offset
                                && later.user == entry.user
                                && later.event.postId() == entry.event.postId()));
    }

    private List<PackedEvents.Packed> read(Write row) {
        try {
            return PackedEvents.read(row.events, row.key.minute());
        } catch (BadRow e) {
            throw new Violation(seed, row.key + " cannot be read: " + e.getMessage());
        }
    }

    private void check() {
        Map<RowKey, Set<String>> expected = new HashMap<>();
        Map<RowKey, Map<Integer, Long>> weights = new HashMap<>();
        for (Entry entry : whole) {
            Event event = entry.event;
            RowKey key = RowKey.of(event);
            expected.computeIfAbsent(key, absent -> new TreeSet<>())
                    .add(RowKey.place(event) + " " + event.at() + " " + event.userId() + " " + event.weight());
            weights.computeIfAbsent(key, absent -> new TreeMap<>()).put(RowKey.place(event), event.weight());
        }
        if (!store.keySet().equals(expected.keySet())) {
            throw new Violation(seed, "rows are " + store.keySet() + ", the log says " + expected.keySet());
        }
        store.forEach((key, row) -> {
            List<String> events = read(row).stream()
                    .map(event -> event.place() + " " + event.at() + " " + event.userId() + " " + event.weight())
                    .sorted()
                    .toList();
            if (!events.equals(List.copyOf(expected.getOrDefault(key, Set.of())))) {
                throw new Violation(seed, key + " holds " + events + ", the log says " + expected.get(key));
            }
            long weight = weights.getOrDefault(key, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (row.weight != weight) {
                throw new Violation(seed, key + " weighs " + row.weight + ", the log says " + weight);
            }
        });
    }
}
