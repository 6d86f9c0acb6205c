package spillway.lab.shards.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import spillway.lab.shards.strategy.KeyLoads;

/** Writes as columns, one for each candidate for the shard key. Immutable. */
public final class Sample {

    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final String title;
    private final List<String> notes;
    private final boolean timed;
    private final Map<ShardKey, long[]> columns = new EnumMap<>(ShardKey.class);

    /**
     * Puts writes into the order of their time, if all have one.
     *
     * @param title what they are, in one line
     * @param notes what of them was made up or is missing, a line each
     */
    Sample(String title, List<String> notes, List<Write> writes) {
        this.title = title;
        this.notes = List.copyOf(notes);
        this.timed = writes.stream().allMatch(write -> write.time().isPresent());
        List<Write> ordered = new ArrayList<>(writes);
        if (timed) {
            ordered.sort(Comparator.comparing(write -> write.time().orElseThrow()));
            columns.put(
                    ShardKey.TIME,
                    column(ordered, write -> write.time().map(Sample::day).orElseThrow()));
        }
        columns.put(ShardKey.USER, column(ordered, Write::user));
        columns.put(ShardKey.POST, column(ordered, Write::post));
        columns.put(ShardKey.COUNTRY, column(ordered, Write::countryNumber));
    }

    private static long day(Instant time) {
        return 1 + time.getEpochSecond() / DAY;
    }

    private static long[] column(List<Write> writes, ToLongFunction<Write> key) {
        return writes.stream().mapToLong(key).toArray();
    }

    public String title() {
        return title;
    }

    public List<String> notes() {
        return notes;
    }

    /** Whether the writes have times, and so an order. */
    public boolean timed() {
        return timed;
    }

    /** The candidates it knows, time only when it is known of each write. */
    public Set<ShardKey> candidates() {
        return Collections.unmodifiableSet(columns.keySet());
    }

    /** The key of each write, in the order of time if that is known. */
    public long[] keys(ShardKey key) {
        return column(key).clone();
    }

    public KeyLoads loads(ShardKey key) {
        return KeyLoads.of(column(key));
    }

    public int writes() {
        return column(ShardKey.USER).length;
    }

    private long[] column(ShardKey key) {
        long[] column = columns.get(key);
        if (column == null) {
            throw new IllegalArgumentException("these writes have no " + key.label());
        }
        return column;
    }
}
