package spillway.analytics.chunk;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import spillway.analytics.event.Event;

/**
 * One partition of a topic on its way into rows: from when a consumer is given it until it is taken away or a write fails,
 * then it is read anew. Belongs to the consumer's thread.
 *
 * <p>Reading begins at the start of the chunk that the first offset not yet stored lies in, so every row is gathered whole,
 * and a write of it is a prefix. The records before that offset are in the store: they complete rows but alone change none.
 */
public class PartitionRows {

    private final Map<RowKey, EventRow> open = new HashMap<>();
    private final Set<EventRow> unsaved = new LinkedHashSet<>();
    private long stored;
    private long next;
    private long chunk;

    /** @param stored the first offset that is not in the store; one too low costs work and nothing else */
    public PartitionRows(long stored) {
        this(stored, Chunk.start(stored));
    }

    PartitionRows(long stored, long begin) {
        this.stored = stored;
        this.next = begin;
        this.chunk = Chunk.start(begin);
    }

    /** The next offset to read: at first the start of a chunk. */
    public long next() {
        return next;
    }

    /** The first offset that is not in the store. */
    public long stored() {
        return stored;
    }

    /**
     * Takes a record's event; returns whether that makes a row differ from what is in the store. Records come in the order of
     * their offsets, some of which have none.
     */
    public boolean add(long offset, Event event) {
        boolean isNew = pass(offset);
        RowKey key = RowKey.of(event);
        EventRow row = open.get(key);
        if (row == null) {
            row = row(key);
            open.put(key, row);
        }
        boolean changed = row.add(event) && isNew;
        if (changed) {
            unsaved.add(row);
        }
        return changed;
    }

    EventRow row(RowKey key) {
        return new EventRow(key);
    }

    /** Goes past a record, one without an event as well; returns whether it came up for the first time. */
    public boolean pass(long offset) {
        if (offset < next) {
            throw new IllegalStateException("offset " + offset + " comes after " + (next - 1));
        }
        if (Chunk.start(offset) != chunk) {
            open.clear();
            chunk = Chunk.start(offset);
        }
        next = offset + 1;
        return offset >= stored;
    }

    /** How many rows may still grow. */
    int open() {
        return open.size();
    }

    /** The rows to write: those with events that are not in the store, each as a prefix. */
    public Collection<EventRow> unsaved() {
        return List.copyOf(unsaved);
    }

    /** All of {@link #unsaved} are in the store now, and what is rejected of the records in between is put aside. */
    public void saved() {
        unsaved.clear();
        stored = Math.max(stored, next);
    }
}
