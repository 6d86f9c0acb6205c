package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import spillway.analytics.event.Kind;

/** Adds up events per minute, from all sub-buckets of each hour. */
final class EventCounts {

    private final CqlSession session;
    private final PreparedStatement select;

    EventCounts(CqlSession session, StoreSettings settings) {
        this.session = session;
        this.select = session.prepare("SELECT minute, sum(weight) AS total FROM " + settings.keyspace() + ".events"
                + " WHERE post_id = ? AND kind = ? AND hour = ? AND sub_bucket = ? AND minute >= ? AND minute < ?"
                + " GROUP BY post_id, kind, hour, sub_bucket, minute");
    }

    SortedMap<Instant, Long> perMinute(long postId, Kind kind, Instant from, Instant to) {
        List<CompletableFuture<List<Row>>> reads = new ArrayList<>();
        Instant first = from.truncatedTo(ChronoUnit.HOURS);
        for (Instant hour = first; hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            for (int subBucket = 0; subBucket < EventPartition.SUB_BUCKETS; subBucket++) {
                EventPartition partition = new EventPartition(postId, kind, hour, subBucket);
                reads.add(read(partition, from, to).toCompletableFuture());
            }
        }
        SortedMap<Instant, Long> totals = new TreeMap<>();
        try {
            for (CompletableFuture<List<Row>> read : reads) {
                for (Row row : read.join()) {
                    totals.merge(row.get("minute", Instant.class), row.getLong("total"), Long::sum);
                }
            }
        } catch (CompletionException e) {
            throw new StoreUnavailable(e.getCause());
        }
        return totals;
    }

    private CompletionStage<List<Row>> read(EventPartition partition, Instant from, Instant to) {
        return session.executeAsync(select.bind(
                                partition.postId(),
                                partition.kind().word(),
                                partition.hour(),
                                partition.subBucket(),
                                from,
                                to)
                        .setIdempotent(true))
                .thenCompose(page -> withFurtherPages(page, new ArrayList<>()));
    }

    private static CompletionStage<List<Row>> withFurtherPages(AsyncResultSet page, List<Row> rows) {
        page.currentPage().forEach(rows::add);
        return page.hasMorePages()
                ? page.fetchNextPage().thenCompose(next -> withFurtherPages(next, rows))
                : CompletableFuture.completedFuture(rows);
    }
}
