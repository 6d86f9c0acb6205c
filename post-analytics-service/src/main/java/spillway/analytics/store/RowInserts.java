package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import spillway.analytics.chunk.EventRow;
import spillway.analytics.chunk.RowKey;

/**
 * Writes rows as idempotent upserts, ordered by {@link EventRow#timestamp}: whatever order the prefixes of a row arrive in,
 * the longest stays. No counter column is used: an increment that timed out could be neither repeated nor left out.
 *
 * <p>The time to live ends a retention after the row's minute, whenever the row is written, so what arrives late or again
 * does not outlive the others; a row that is past it already is not written at all.
 *
 * <p>Rows of one partition go together in unlogged batches, which Cassandra applies as one mutation. How many are under way
 * at once is bounded by the driver's throttler.
 */
final class RowInserts {

    private static final int BATCH_ROWS = 200;
    private static final int BATCH_BYTES = 64 * 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CqlSession session;
    private final PreparedStatement insert;
    private final Duration retention;
    private final InstantSource clock;

    RowInserts(CqlSession session, StoreSettings settings, InstantSource clock) {
        this.session = session;
        this.retention = settings.retention();
        this.clock = clock;
        this.insert = session.prepare("INSERT INTO " + settings.keyspace() + ".event_rows"
                + " (hour, posts, part, post_id, kind, minute, chunk, weight, events)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
    }

    void write(Collection<EventRow> rows) {
        Instant now = clock.instant();
        Map<RowPartition, Batch> open = new HashMap<>();
        List<CompletableFuture<AsyncResultSet>> writes = new ArrayList<>();
        for (EventRow row : rows) {
            RowKey key = row.key();
            long secondsLeft = Duration.between(now, key.minute().plus(MINUTE).plus(retention))
                    .toSeconds();
            if (secondsLeft > 0) {
                RowPartition partition = RowPartition.of(key);
                Batch batch = open.computeIfAbsent(partition, absent -> new Batch());
                ByteBuffer events = row.packed();
                batch.add(bind(partition, row, events, secondsLeft), events.remaining());
                if (batch.isFull()) {
                    writes.add(send(batch));
                    open.remove(partition);
                }
            }
        }
        open.values().forEach(batch -> writes.add(send(batch)));
        try {
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new StoreUnavailable(e.getCause());
        }
    }

    private BoundStatement bind(RowPartition partition, EventRow row, ByteBuffer events, long secondsLeft) {
        RowKey key = row.key();
        return insert.bind(
                partition.hour(),
                partition.posts(),
                partition.part(),
                key.postId(),
                key.kind().word(),
                key.minute(),
                key.chunk(),
                row.weight(),
                events,
                row.timestamp(),
                (int) secondsLeft);
    }

    private CompletableFuture<AsyncResultSet> send(Batch batch) {
        Statement<?> statement = batch.rows.size() == 1
                ? batch.rows.getFirst().setIdempotent(true)
                : BatchStatement.newInstance(BatchType.UNLOGGED, List.copyOf(batch.rows))
                        .setIdempotent(true);
        return session.executeAsync(statement).toCompletableFuture();
    }

    /** Rows of one partition. */
    private static final class Batch {

        private final List<BoundStatement> rows = new ArrayList<>();
        private int bytes;

        void add(BoundStatement row, int size) {
            rows.add(row);
            bytes += size;
        }

        boolean isFull() {
            return rows.size() >= BATCH_ROWS || bytes >= BATCH_BYTES;
        }
    }
}
