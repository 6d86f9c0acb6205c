package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import spillway.analytics.chunk.EventRow;
import spillway.analytics.chunk.PackedEvents;
import spillway.analytics.event.Kind;

/**
 * The events in Cassandra. It connects when it is opened, not when it is made: an application can start, and a training
 * start can end, without a server. Thread-safe.
 */
public final class EventStore implements AutoCloseable {

    private final Supplier<CqlSessionBuilder> connections;
    private final StoreSettings settings;
    private final InstantSource clock;
    private volatile @Nullable Tables tables;

    EventStore(Supplier<CqlSessionBuilder> connections, StoreSettings settings, InstantSource clock) {
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Connects and brings the schema up to date; does nothing when that has been done.
     *
     * @throws com.datastax.oss.driver.api.core.DriverException when there is no server or it refuses
     */
    public synchronized void open() {
        if (tables != null) {
            return;
        }
        CqlSession session = connections.get().build();
        try {
            Schema.apply(session, settings);
            tables = new Tables(session, new RowInserts(session, settings, clock), new RowReads(session, settings));
        } finally {
            if (tables == null) {
                session.close();
            }
        }
    }

    public boolean isOpen() {
        return tables != null;
    }

    /**
     * Stores rows as they are now and returns when Cassandra has acknowledged them all. A row that is there with more events
     * stays as it is, so after a failure the same rows can be given again.
     *
     * @throws StoreUnavailable when one was not acknowledged; any of the others may be stored
     */
    public void write(Collection<EventRow> rows) {
        opened().inserts.write(rows);
    }

    /**
     * How much happened to a post in each minute of an hour that had anything of the kind.
     *
     * @param from start of a minute, inclusive
     * @param to start of a minute, exclusive
     * @throws StoreUnavailable when the answer would not be complete
     */
    public SortedMap<Instant, Long> perMinute(long postId, Kind kind, Instant from, Instant to) {
        return opened().reads.perMinute(postId, kind, from, to);
    }

    /**
     * The events themselves, in no order, for who needs more than sums.
     *
     * @param from start of a minute, inclusive
     * @param to start of a minute, exclusive
     * @throws StoreUnavailable when the answer would not be complete
     * @throws spillway.analytics.chunk.BadRow when a row cannot be read
     */
    public List<PackedEvents.Packed> events(long postId, Kind kind, Instant from, Instant to) {
        return opened().reads.events(postId, kind, from, to);
    }

    private Tables opened() {
        Tables opened = tables;
        if (opened == null) {
            throw new StoreUnavailable(null);
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        Tables opened = tables;
        if (opened != null) {
            opened.session.close();
        }
    }

    private record Tables(CqlSession session, RowInserts inserts, RowReads reads) {}
}
