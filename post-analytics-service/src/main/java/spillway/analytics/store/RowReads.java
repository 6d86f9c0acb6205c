package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import spillway.analytics.chunk.PackedEvents;
import spillway.analytics.event.Kind;

/** Reads a post's rows, from all parts of each hour. */
final class RowReads {

    private static final String ROWS = " WHERE hour = ? AND posts = ? AND part = ? AND post_id = ? AND kind = ?"
            + " AND minute >= ? AND minute < ?";

    private final CqlSession session;
    private final PreparedStatement sums;
    private final PreparedStatement events;

    RowReads(CqlSession session, StoreSettings settings) {
        String table = " FROM " + settings.keyspace() + ".event_rows";
        this.session = session;
        this.sums = session.prepare("SELECT minute, sum(weight) AS total" + table + ROWS
                + " GROUP BY hour, posts, part, post_id, kind, minute");
        this.events = session.prepare("SELECT minute, events" + table + ROWS);
    }

    SortedMap<Instant, Long> perMinute(long postId, Kind kind, Instant from, Instant to) {
        SortedMap<Instant, Long> totals = new TreeMap<>();
        for (Row row : read(sums, postId, kind, from, to)) {
            totals.merge(minute(row), row.getLong("total"), Long::sum);
        }
        return totals;
    }

    List<PackedEvents.Packed> events(long postId, Kind kind, Instant from, Instant to) {
        List<PackedEvents.Packed> all = new ArrayList<>();
        for (Row row : read(events, postId, kind, from, to)) {
            ByteBuffer packed = Objects.requireNonNull(row.getByteBuffer("events"));
            all.addAll(PackedEvents.read(packed, minute(row)));
        }
        return all;
    }

    private static Instant minute(Row row) {
        return Objects.requireNonNull(row.getInstant("minute"));
    }

    private List<Row> read(PreparedStatement select, long postId, Kind kind, Instant from, Instant to) {
        List<CompletableFuture<List<Row>>> reads = new ArrayList<>();
        Instant first = from.truncatedTo(ChronoUnit.HOURS);
        for (Instant hour = first; hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            for (int part = 0; part < RowPartition.PARTS; part++) {
                RowPartition partition = RowPartition.of(postId, hour, part);
                reads.add(session.executeAsync(select.bind(
                                        partition.hour(),
                                        partition.posts(),
                                        partition.part(),
                                        postId,
                                        kind.word(),
                                        from,
                                        to)
                                .setIdempotent(true))
                        .thenCompose(page -> withFurtherPages(page, new ArrayList<>()))
                        .toCompletableFuture());
            }
        }
        List<Row> rows = new ArrayList<>();
        try {
            reads.forEach(read -> rows.addAll(read.join()));
        } catch (CompletionException e) {
            throw new StoreUnavailable(e.getCause());
        }
        return rows;
    }

    private static CompletionStage<List<Row>> withFurtherPages(AsyncResultSet page, List<Row> rows) {
        page.currentPage().forEach(rows::add);
        return page.hasMorePages()
                ? page.fetchNextPage().thenCompose(next -> withFurtherPages(next, rows))
                : CompletableFuture.completedFuture(rows);
    }
}
