package spillway.analytics.chunk;

import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import spillway.analytics.event.Event;

/**
 * A row as far as its chunk has been read: the packed events and the sum of their weights. Grows while the chunk is read.
 *
 * <p>What is written of a row is a <em>prefix</em>: all its events up to some place, because reading always begins where the
 * chunk does. Prefixes of one row may reach the store in any order: from a reader that was killed, one that slept, its
 * successor. Cassandra keeps of each cell the write with the highest timestamp, so {@link #timestamp} must order prefixes:
 *
 * <ul>
 *   <li>the place of the last event decides, so the longer prefix wins;
 *   <li>then the number of events, so the fuller one wins. Two readings that end at one event differ only if records were
 *       compacted away between them; the later one holds a subset of the earlier one's events.
 * </ul>
 *
 * Equal timestamps therefore mean equal rows, and no two prefixes mix: both cells of a row are always of one write. The
 * scale begins at the row's minute and ends 17 seconds later, within it: the store keeps rows apart by the day of their
 * timestamp, which stays the day of their events.
 */
public class EventRow {

    private final RowKey key;
    private final PackedEvents events = new PackedEvents();
    private long weight;
    private int lastPlace = -1;

    EventRow(RowKey key) {
        this.key = key;
    }

    /** Appends an event of this row; returns false, and changes nothing, when it is in it. */
    boolean add(Event event) {
        int place = RowKey.place(event);
        if (!isFurther(place, lastPlace)) {
            return false;
        }
        long sinceMinute = ChronoUnit.MILLIS.between(key.minute(), event.at());
        events.add(place - lastPlace - 1, Math.toIntExact(sinceMinute), event.userId(), event.weight());
        weight += event.weight();
        lastPlace = place;
        return true;
    }

    boolean isFurther(int place, int last) {
        return place > last;
    }

    public RowKey key() {
        return key;
    }

    public long weight() {
        return weight;
    }

    /** The events so far, as {@link PackedEvents#read} takes them. */
    public ByteBuffer packed() {
        return events.packed();
    }

    /** The write's timestamp in microseconds since the epoch. */
    public long timestamp() {
        return key.minute().getEpochSecond() * 1_000_000 + order(lastPlace, events.count());
    }

    /** From 0 to the square of {@link Chunk#RECORDS}, exclusive; a row has at most one event more than its last place. */
    long order(int last, int count) {
        return (long) last * Chunk.RECORDS + count - 1;
    }
}
