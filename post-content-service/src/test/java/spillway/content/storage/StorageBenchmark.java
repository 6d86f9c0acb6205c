package spillway.content.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

/**
 * The choices of docs/adr/0018, side by side: each variant does the same operation in turn on one connection, and what counts
 * is the ratio of the medians. Not part of the build:
 * {@code mvn -pl post-content-service -am verify -Dit.test=StorageBenchmark -Dtest=none
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@RealServers(Server.POSTGRES)
class StorageBenchmark {

    private static final Logger LOG = LoggerFactory.getLogger(StorageBenchmark.class);
    private static final int ROUNDS = Integer.getInteger("spillway.benchmark.rounds", 2_000);
    private static final int POSTS = 1_200_000;
    private static final int USERS = 10_000;
    private static final int BATCH = 128;
    /** Of 24 months: so many milliseconds between two posts. */
    private static final long STEP = 24L * 30 * 86_400_000 / POSTS;

    private static final String COLUMNS = "id bigint NOT NULL, user_id bigint NOT NULL, content text NOT NULL, "
            + "media_urls text[] NOT NULL, version bigint NOT NULL, deleted boolean NOT NULL";

    private final SplittableRandom random = new SplittableRandom(42);
    private Connection connection;
    private long nextId = ((long) POSTS * STEP) << 22;

    @BeforeEach
    void connect(Servers servers) throws SQLException {
        Database database = servers.postgres().newDatabase();
        connection = DriverManager.getConnection(database.url(), database.username(), database.password());
        run("SET jit = off");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    /** 24 months of posts in one table, in months and in quarters, with and without a DEFAULT partition. */
    @Test
    void reads() throws SQLException {
        flat("flat");
        partitioned("months_default", 24, true);
        partitioned("months", 24, false);
        partitioned("year_of_months", 12, false);
        partitioned("quarters_default", 8, true);
        partitioned("quarters", 8, false);
        List<String> tables =
                List.of("flat", "months_default", "months", "year_of_months", "quarters_default", "quarters");
        for (String table : tables) {
            run("INSERT INTO " + table + " SELECT (g::bigint * " + STEP
                    + " << 22) | (g & 1023), (g * 7919::bigint) % " + USERS
                    + " + 1, repeat(md5(g::text), 4), '{}', 1, g % 50 = 0 FROM generate_series(1, " + POSTS + ") g");
        }
        connection.setAutoCommit(true);
        run("VACUUM ANALYZE");
        connection.setAutoCommit(false);
        for (String plans : List.of("auto", "force_generic_plan")) {
            run("SET plan_cache_mode = " + plans);
            compare(
                    "latest, " + plans,
                    tables,
                    "SELECT * FROM %s WHERE id < ? AND NOT deleted ORDER BY id DESC LIMIT ?",
                    read -> {
                        read.setLong(1, Long.MAX_VALUE);
                        read.setInt(2, 51);
                    });
            compare(
                    "latest, older page, " + plans,
                    tables,
                    "SELECT * FROM %s WHERE id < ? AND NOT deleted ORDER BY id DESC LIMIT ?",
                    read -> {
                        read.setLong(1, ((long) random.nextInt(POSTS) * STEP) << 22);
                        read.setInt(2, 51);
                    });
            compare(
                    "of a user, " + plans,
                    tables,
                    "SELECT * FROM %s WHERE user_id = ? AND id < ? AND NOT deleted ORDER BY id DESC LIMIT ?",
                    read -> {
                        read.setLong(1, random.nextInt(USERS) + 1L);
                        read.setLong(2, Long.MAX_VALUE);
                        read.setInt(3, 21);
                    });
            compare("by id, " + plans, tables, "SELECT * FROM %s WHERE id = ? AND NOT deleted", read -> {
                long g = random.nextInt(POSTS) + 1L;
                read.setLong(1, ((g * STEP) << 22) | (g & 1023));
            });
        }
        Map<String, String> inserts = new LinkedHashMap<>();
        tables.forEach(table -> inserts.put(table, table));
        compareInserts("insert of " + BATCH, inserts, insertsOfPosts());
    }

    /** What one more index costs an insert, and a foreign key. */
    @Test
    void indexesAndKeys() throws SQLException {
        flat("one_index");
        run("DROP INDEX one_index_of_user");
        flat("two");
        flat("three");
        run("CREATE INDEX ON three (user_id, version)");
        flat("four");
        run("CREATE INDEX ON four (user_id, version)");
        run("CREATE INDEX ON four (md5(content))");
        compareInserts(
                "posts, insert of " + BATCH,
                Map.of(
                        "primary key",
                        "one_index",
                        "and of_user",
                        "two",
                        "and one more",
                        "three",
                        "and two more",
                        "four"),
                insertsOfPosts());
        String comment = "(post_id bigint NOT NULL, id bigint NOT NULL, user_id bigint NOT NULL, content text NOT NULL";
        run("CREATE TABLE free " + comment + ", PRIMARY KEY (post_id, id))");
        run("CREATE TABLE bound " + comment + " , PRIMARY KEY (post_id, id), FOREIGN KEY (post_id) REFERENCES two)");
        compareInserts(
                "comments, insert of " + BATCH,
                Map.of("no foreign key", "free", "foreign key", "bound"),
                "INSERT INTO %s SELECT (SELECT id FROM two OFFSET i %% 100 LIMIT 1), ? + i, i, 'See you there' "
                        + "FROM generate_series(1, " + BATCH + ") i");
        run("CREATE TABLE keys (slot int, user_id bigint, key text, fingerprint bytea, created_id bigint, "
                + "PRIMARY KEY (slot, user_id, key))");
        run("CREATE TABLE keys_by_age (LIKE keys INCLUDING ALL)");
        run("CREATE INDEX ON keys_by_age (created_id)");
        compareInserts(
                "keys, insert of " + BATCH,
                Map.of("primary key", "keys", "and by age", "keys_by_age"),
                "INSERT INTO %s SELECT i, random() * 1e9, gen_random_uuid(), sha256('x'), ? + i FROM generate_series(1, "
                        + BATCH + ") i");
    }

    /** Edits that need no new index entries, by how full pages are filled. */
    @Test
    void hotUpdates() throws SQLException {
        for (int fillFactor : new int[] {100, 95, 90, 80, 70}) {
            for (String when : List.of("soon", "later")) {
                String table = "f" + fillFactor + "_" + when;
                flat(table);
                run("ALTER TABLE " + table + " SET (fillfactor = " + fillFactor + ", autovacuum_enabled = off)");
                List<Long> ids = new ArrayList<>();
                for (int batch = 0; batch < 150; batch++) {
                    long first = nextId += BATCH << 10;
                    run(insertsOfPosts().formatted(table).replace("?", Long.toString(first)));
                    for (int i = 1; i <= BATCH; i++) {
                        ids.add(first + i);
                    }
                    // One post of twenty is edited.
                    for (int i = 0; when.equals("soon") && i < BATCH / 20; i++) {
                        edit(table, ids.get(ids.size() - 1 - random.nextInt(BATCH)));
                    }
                    connection.commit();
                }
                for (int i = 0; when.equals("later") && i < ids.size() / 20; i++) {
                    edit(table, ids.get(random.nextInt(ids.size())));
                    connection.commit();
                }
                run("SELECT pg_stat_force_next_flush()");
                connection.commit();
                LOG.warn(
                        "hot, fillfactor {}, edited {}: {} of 100 edits, {} pages",
                        fillFactor,
                        when,
                        number("SELECT 100 * n_tup_hot_upd / n_tup_upd FROM pg_stat_user_tables WHERE relname = '"
                                + table + "'"),
                        number("SELECT pg_relation_size('" + table + "') / 8192"));
                connection.commit();
            }
        }
    }

    /** What a relay's round costs beside the entries of rows that are gone. */
    @Test
    void outbox() throws SQLException {
        run("CREATE TABLE outbox (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, post_id bigint NOT NULL, "
                + "payload bytea NOT NULL) WITH (autovacuum_enabled = off)");
        connection.setAutoCommit(false);
        for (int gone : new int[] {0, 20_000, 200_000}) {
            run("INSERT INTO outbox (post_id, payload) SELECT i, sha256('x') FROM generate_series(1, " + gone + ") i");
            connection.commit();
            run("DELETE FROM outbox");
            connection.commit();
            LOG.warn("outbox, {} rows gone: {} us a round", gone, Arrays.toString(rounds()));
        }
        connection.setAutoCommit(true);
        run("VACUUM outbox");
        connection.setAutoCommit(false);
        LOG.warn("outbox, vacuumed: {} us a round", Arrays.toString(rounds()));
    }

    /** Bytes of the log per post after a checkpoint, when each page that is written first is logged whole. */
    @Test
    void walCompression() throws SQLException {
        flat("logged");
        run("INSERT INTO logged SELECT g, (random() * " + USERS
                + ")::int, repeat(md5(g::text), 4), '{}', 1, false FROM generate_series(1, 300000) g");
        connection.commit();
        for (String compression : List.of("off", "pglz", "off", "pglz", "off", "pglz")) {
            run("SET wal_compression = " + compression);
            connection.commit();
            connection.setAutoCommit(true);
            run("CHECKPOINT");
            connection.setAutoCommit(false);
            long before = number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
            long began = System.nanoTime();
            for (int batch = 0; batch < 300; batch++) {
                run(insertsOfPosts().formatted("logged").replace("?", Long.toString(nextId += BATCH << 10)));
                connection.commit();
            }
            LOG.warn(
                    "wal_compression {}: {} bytes per post, {} us",
                    compression,
                    (number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn") - before) / (300 * BATCH),
                    (System.nanoTime() - began) / 1_000 / (300 * BATCH));
        }
    }

    /** Microseconds of rounds after one another: the first one cleans up behind it. */
    private long[] rounds() throws SQLException {
        long[] micros = new long[5];
        for (int round = 0; round < micros.length; round++) {
            run("INSERT INTO outbox (post_id, payload) SELECT i, sha256('x') FROM generate_series(1, 100) i");
            connection.commit();
            long began = System.nanoTime();
            run("DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox ORDER BY seq LIMIT 500) RETURNING seq");
            micros[round] = (System.nanoTime() - began) / 1_000;
            connection.commit();
        }
        return micros;
    }

    private void edit(String table, long id) throws SQLException {
        run("UPDATE " + table + " SET content = repeat(md5('x'), 4), version = version + 1 WHERE id = " + id);
    }

    private static String insertsOfPosts() {
        return "INSERT INTO %s SELECT ? + i, (random() * " + USERS + ")::int, repeat(md5(i::text), 4), '{}', 1, false "
                + "FROM generate_series(1, " + BATCH + ") i";
    }

    private interface Parameters {
        void set(PreparedStatement read) throws SQLException;
    }

    /** One variant: its statement, and how long each round took. */
    private record Variant(String name, PreparedStatement statement, List<Long> nanos) {

        long median() {
            return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1_000;
        }
    }

    private void compare(String what, List<String> tables, String sql, Parameters parameters) throws SQLException {
        List<Variant> variants = new ArrayList<>();
        for (String table : tables) {
            // The comment keeps the texts apart: a plan belongs to the setting under which it was prepared.
            variants.add(new Variant(
                    table, connection.prepareStatement(sql.formatted(table) + " -- " + what), new ArrayList<>()));
        }
        for (int round = -ROUNDS / 4; round < ROUNDS; round++) {
            for (Variant variant : variants) {
                parameters.set(variant.statement());
                long began = System.nanoTime();
                try (ResultSet rows = variant.statement().executeQuery()) {
                    while (rows.next()) {
                        rows.getLong(1);
                    }
                }
                if (round >= 0) {
                    variant.nanos().add(System.nanoTime() - began);
                }
            }
        }
        connection.commit();
        say(what, variants);
    }

    /** Statements in turn; commits are not in the figures. */
    private void compareInserts(String what, Map<String, String> tables, String sql) throws SQLException {
        int rounds = ROUNDS / 4;
        List<Variant> variants = new ArrayList<>();
        for (Map.Entry<String, String> table : tables.entrySet()) {
            variants.add(new Variant(
                    table.getKey(), connection.prepareStatement(sql.formatted(table.getValue())), new ArrayList<>()));
        }
        for (int round = -rounds / 4; round < rounds; round++) {
            nextId += BATCH << 10;
            for (Variant variant : variants) {
                variant.statement().setLong(1, nextId);
                long began = System.nanoTime();
                variant.statement().executeUpdate();
                if (round >= 0) {
                    variant.nanos().add(System.nanoTime() - began);
                }
            }
            connection.commit();
        }
        say(what, variants);
    }

    private static void say(String what, List<Variant> variants) {
        LOG.warn(
                "{}, us: {}",
                what,
                variants.stream().map(v -> v.name() + " " + v.median()).collect(Collectors.joining(", ")));
    }

    private void flat(String table) throws SQLException {
        run("CREATE TABLE " + table + " (" + COLUMNS + ", PRIMARY KEY (id))");
        run("CREATE INDEX " + table + "_of_user ON " + table + " (user_id, id) WHERE NOT deleted");
        connection.setAutoCommit(false);
    }

    /** Equal parts of the 24 months, one ahead, and what catches the rest. */
    private void partitioned(String table, int parts, boolean byDefault) throws SQLException {
        run("CREATE TABLE " + table + " (" + COLUMNS + ", PRIMARY KEY (id)) PARTITION BY RANGE (id)");
        run("CREATE INDEX ON " + table + " (user_id, id) WHERE NOT deleted");
        long span = ((long) POSTS / parts * STEP) << 22;
        for (int part = 0; part <= parts; part++) {
            run("CREATE TABLE " + table + "_" + part + " PARTITION OF " + table + " FOR VALUES FROM ("
                    + (part == 0 ? "MINVALUE" : part * span) + ") TO (" + (part + 1) * span + ")");
        }
        run("CREATE TABLE " + table + "_later PARTITION OF " + table
                + (byDefault ? " DEFAULT" : " FOR VALUES FROM (" + (parts + 1) * span + ") TO (MAXVALUE)"));
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
