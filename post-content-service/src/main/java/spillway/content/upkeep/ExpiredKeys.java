package spillway.content.upkeep;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * Drops Idempotency-Keys past their time. When one was used is in the id of what it made. No index finds them by it, for that
 * would cost something with each new post: the table is walked from its first page to its last, some pages per transaction.
 *
 * <p>A slot that is being moved keeps its keys until that is over, so that both sides stay the same. Whether it is one is
 * looked at behind the slot's fence, like at each write.
 */
final class ExpiredKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredKeys.class);

    private static final String EXPIRED = """
             FROM idempotency_key WHERE ctid >= format('(%s,0)', :from)::tid AND ctid < format('(%s,0)', :to)::tid
            AND created_id < :before AND slot IN (SELECT slot FROM slot_state WHERE state = 'OWNER')""";

    private final Shards shards;
    private final JdbcClient shard;
    private final InstantSource clock;
    private final Duration keep;
    private final int pages;

    ExpiredKeys(Shards shards, JdbcClient shard, InstantSource clock, Duration keep, int pages) {
        this.shards = shards;
        this.shard = shard;
        this.clock = clock;
        this.keep = keep;
        this.pages = pages;
    }

    /** Returns how many. */
    long drop(int number) {
        long before = PostId.of(
                        Math.max(0, clock.instant().minus(keep).toEpochMilli() - PostId.EPOCH.toEpochMilli()),
                        new Slot(0),
                        1)
                .value();
        long end = shards.write(number, this::pagesOfTable);
        long dropped = 0;
        for (long page = 0; page < end; page += pages) {
            dropped += drop(number, before, page);
        }
        if (dropped > 0) {
            LOG.info("Shard {} forgot {} Idempotency-Keys", number, dropped);
        }
        return dropped;
    }

    private int drop(int number, long before, long page) {
        List<Slot> slots = shards.write(
                number,
                () -> expired("SELECT DISTINCT slot" + EXPIRED, before, page)
                        .query((row, n) -> new Slot(row.getInt("slot")))
                        .list());
        if (slots.isEmpty()) {
            return 0;
        }
        return shards.writeFenced(
                number,
                slots,
                strangers -> expired("DELETE" + EXPIRED + " AND slot = ANY(:slots)", before, page)
                        .param("slots", slots.stream().mapToInt(Slot::number).toArray())
                        .update());
    }

    private JdbcClient.StatementSpec expired(String sql, long before, long page) {
        return shard.sql(sql).param("from", page).param("to", page + pages).param("before", before);
    }

    private long pagesOfTable() {
        return shard.sql("SELECT pg_relation_size('idempotency_key') / current_setting('block_size')::bigint")
                .query(Long.class)
                .single();
    }
}
