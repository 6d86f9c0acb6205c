package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import spillway.analytics.event.Event;

/**
 * Writes events as idempotent upserts.
 *
 * <p>Why a replay changes nothing: key and columns are a function of the event, and the write's timestamp is the event's
 * time, so the second write of a row is the first one again. No counter column is used: an increment that timed out
 * could be neither repeated nor left out. The time to live counts from the event's time, so an event that arrives late
 * or again does not outlive the others; one that is past it already is not written at all.
 *
 * <p>Rows of one partition go together in unlogged batches, which Cassandra applies as one mutation. How many
 * statements are under way at once is bounded by the driver's throttler.
 */
final class EventInserts {

    private static final int BATCH_ROWS = 50;

    private final CqlSession session;
    private final PreparedStatement insert;
    private final Duration retention;
    private final InstantSource clock;

    EventInserts(CqlSession session, StoreSettings settings, InstantSource clock) {
        this.session = session;
        this.retention = settings.retention();
        this.clock = clock;
        this.insert = session.prepare("INSERT INTO " + settings.keyspace() + ".events"
                + " (post_id, kind, hour, sub_bucket, minute, event_time, event_id, user_id, weight)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
    }

    void append(Collection<Event> events) {
        Instant now = clock.instant();
        Map<EventPartition, List<BoundStatement>> byPartition = new LinkedHashMap<>();
        for (Event event : events) {
            long secondsLeft = Duration.between(now, event.at().plus(retention)).toSeconds();
            if (secondsLeft > 0) {
                EventPartition partition = EventPartition.of(event);
                byPartition
                        .computeIfAbsent(partition, key -> new ArrayList<>())
                        .add(bind(partition, event, secondsLeft));
            }
        }
        List<CompletableFuture<AsyncResultSet>> writes = new ArrayList<>();
        for (List<BoundStatement> rows : byPartition.values()) {
            for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
                List<BoundStatement> batch = rows.subList(from, Math.min(from + BATCH_ROWS, rows.size()));
                writes.add(session.executeAsync(together(batch)).toCompletableFuture());
            }
        }
        try {
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new StoreUnavailable(e.getCause());
        }
    }

    private BoundStatement bind(EventPartition partition, Event event, long secondsLeft) {
        return insert.bind(
                partition.postId(),
                partition.kind().word(),
                partition.hour(),
                partition.subBucket(),
                event.at().truncatedTo(ChronoUnit.MINUTES),
                event.at(),
                event.id(),
                event.userId(),
                event.weight(),
                event.at().toEpochMilli() * 1_000,
                (int) secondsLeft);
    }

    private static Statement<?> together(List<BoundStatement> rows) {
        return rows.size() == 1
                ? rows.getFirst().setIdempotent(true)
                : BatchStatement.newInstance(BatchType.UNLOGGED, List.copyOf(rows))
                        .setIdempotent(true);
    }
}
