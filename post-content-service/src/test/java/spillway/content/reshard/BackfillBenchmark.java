package spillway.content.reshard;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/**
 * Rows per second of a backfill without regard for clients, and of the same rows by {@code COPY … TO STDOUT} piped into
 * {@code COPY … FROM STDIN}, between the same two databases, in turn. Not part of the build: {@code ./spillway bench backfill}.
 */
@RealServers(Server.POSTGRES)
class BackfillBenchmark {

    private static final int ROWS = Integer.getInteger("spillway.benchmark.rows", 400_000);
    private static final int ROUNDS = Integer.getInteger("spillway.benchmark.rounds", 5);
    private static final SlotSet MOVED = SlotSet.range(256, 511);
    private static final int CHUNK = Integer.getInteger("spillway.benchmark.chunk", 50_000);

    @Test
    void rows_perSecond(Servers servers) throws SQLException {
        try (HikariDataSource from = PostgresSideIT.pool(servers.postgres().newDatabase());
                HikariDataSource to = PostgresSideIT.pool(servers.postgres().newDatabase())) {
            JdbcTemplate source = new JdbcTemplate(from);
            JdbcTemplate target = new JdbcTemplate(to);
            source.update("INSERT INTO ownership (shard) VALUES (0)");
            target.update("INSERT INTO ownership (shard) VALUES (1)");
            target.update("INSERT INTO slot_state SELECT generate_series(256, 511), 'REPLICA', 1, 0, 1");
            // As a shard of eight has them: slots 0 to 511, in the order of time.
            source.update("""
                    INSERT INTO post SELECT (n::bigint << 22) | ((n::bigint * 7919 % 512) << 10) | 1, n % 5000 + 1,
                        repeat(md5(n::text), 4), CASE WHEN n % 10 = 0 THEN ARRAY['https://media.example/' || n] ELSE '{}' END,
                        1, n % 10 = 9
                    FROM generate_series(1, ?) AS n""", ROWS);
            source.execute("VACUUM ANALYZE post");
            List<Double> raw = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                raw.add(perSecond(target, () -> copy(from, to)));
                ours.add(perSecond(target, () -> backfill(from, to)));
            }
            double rawMedian = median(raw);
            double ourMedian = median(ours);
            say("COPY | COPY: %s rows/s; backfill: %s rows/s, %s %% of it (medians of %s; %s and %s)"
                    .formatted(
                            Math.round(rawMedian),
                            Math.round(ourMedian),
                            Math.round(100 * ourMedian / rawMedian),
                            ROUNDS,
                            raw.stream().map(Math::round).toList(),
                            ours.stream().map(Math::round).toList()));
        }
    }

    private interface Way {
        void go() throws SQLException;
    }

    private static double perSecond(JdbcTemplate target, Way way) throws SQLException {
        target.execute("TRUNCATE post; TRUNCATE copy_progress; CHECKPOINT");
        long begin = System.nanoTime();
        way.go();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Long rows = target.queryForObject("SELECT count(*) FROM post", Long.class);
        return (rows == null ? 0 : rows) / seconds;
    }

    private static void copy(HikariDataSource from, HikariDataSource to) throws SQLException {
        try (Connection source = from.getConnection();
                Connection target = to.getConnection();
                PipedInputStream in = new PipedInputStream(1 << 20)) {
            PipedOutputStream out = new PipedOutputStream(in);
            CompletableFuture<Long> arriving = CompletableFuture.supplyAsync(() -> {
                try {
                    return target.unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "COPY post (" + Relation.POST.columns() + ") FROM STDIN (FORMAT binary)",
                                    in,
                                    1 << 16);
                } catch (SQLException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (out) {
                source.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "COPY (SELECT " + Relation.POST.columns() + " FROM post WHERE '" + MOVED.multirange()
                                        + "'::int4multirange @> slot_of(id)) TO STDOUT (FORMAT binary)",
                                out);
            }
            arriving.join();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void backfill(HikariDataSource from, HikariDataSource to) {
        Side source = new PostgresSide(0, from);
        Side target = new PostgresSide(1, to);
        Map<Slot, Long> epochs = MOVED.stream().collect(Collectors.toMap(slot -> slot, slot -> 1L));
        Key upTo = Key.START;
        while (!upTo.equals(Key.END)) {
            Span span = source.next(Relation.POST, upTo, CHUNK);
            target.receive(source.read(span, MOVED), epochs, 1, span);
            upTo = span.last();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @SuppressWarnings("SystemOut") // the report
    private static void say(String line) {
        System.out.println(line);
    }
}
