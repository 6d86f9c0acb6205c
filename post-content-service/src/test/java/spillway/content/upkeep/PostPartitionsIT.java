package spillway.content.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

/** Posts in partitions by time, as the migrations make them and the upkeep goes on. */
@RealServers(Server.POSTGRES)
class PostPartitionsIT {

    private static final String POST = "INSERT INTO post VALUES (%s, 7, 'x', '{}', 1, false)";

    private Database database;
    private Connection connection;

    @BeforeEach
    void connect(Servers servers) throws SQLException {
        database = servers.postgres().newDatabase();
        connection = connection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void postsOfBefore_stay_alsoThoseAheadOfTime() throws SQLException {
        migrate("2");
        run(POST.formatted(5));
        run(POST.formatted("((extract(epoch FROM now()) * 1000)::bigint - 1735689600000) << 22"));
        // Half a year ahead.
        run(POST.formatted("((extract(epoch FROM now()) * 1000)::bigint - 1735689600000 + 15768000000) << 22"));

        migrate("3");

        assertThat(texts("SELECT tableoid::regclass FROM post"))
                .containsOnly("post_before")
                .hasSize(3);
        run(POST.formatted("(SELECT max(id) + (100::bigint * 86400000 << 22) FROM post)"));
        assertThat(texts("SELECT tableoid::regclass FROM post ORDER BY id DESC LIMIT 1")
                        .getFirst())
                .isNotEqualTo("post_before");
    }

    @Test
    void newShard_hasThePresentQuarterAndTheNext() throws SQLException {
        migrate("3");

        run(POST.formatted("first_post_id(now()::timestamp)"));
        run(POST.formatted("first_post_id(now()::timestamp + interval '3 months')"));
        run(POST.formatted("first_post_id(now()::timestamp + interval '10 years')"));

        assertThat(texts("SELECT tableoid::regclass FROM post ORDER BY id"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("post_before"),
                        second -> assertThat(second).matches("post_20\\d\\d_(01|04|07|10)"),
                        third -> assertThat(third).isEqualTo("post_later"));
    }

    @Test
    void callersAtOnce_makeEachQuarterOnce_andPostsOfItMoveIn() throws Exception {
        migrate("3");
        run(POST.formatted("first_post_id(now()::timestamp + interval '7 months')"));
        assertThat(texts("SELECT tableoid::regclass FROM post")).containsExactly("post_later");

        int added = atOnce(8, "SELECT add_post_partitions(now()::timestamp + interval '1 year')");

        assertThat(added).isEqualTo(3);
        assertThat(texts("SELECT tableoid::regclass FROM post")).singleElement().isNotEqualTo("post_later");
        assertThat(atOnce(2, "SELECT add_post_partitions(now()::timestamp + interval '1 year')"))
                .isZero();
        assertThat(texts("SELECT id FROM post_later")).isEmpty();
    }

    /** Each list of posts stops at the partition where it has enough: a DEFAULT partition would have all of them opened. */
    @Test
    void lists_areReadPartitionByPartition() throws SQLException {
        migrate("3");
        run("SELECT add_post_partitions(now()::timestamp + interval '2 years')");
        // The plans that many posts would have.
        run("SET enable_seqscan = off");
        run("SET enable_bitmapscan = off");
        run("SET enable_sort = off");

        assertThat(plan("SELECT * FROM post WHERE id < 9223372036854775807 AND NOT deleted ORDER BY id DESC LIMIT 9"))
                .contains("Append")
                .doesNotContain("Merge Append");
        assertThat(plan("SELECT * FROM post WHERE user_id = 7 AND NOT deleted ORDER BY id DESC LIMIT 9"))
                .contains("Append")
                .doesNotContain("Merge Append");
    }

    private String plan(String sql) throws SQLException {
        return String.join("\n", texts("EXPLAIN " + sql));
    }

    /** What copies posts from shard to shard relies on. */
    @Test
    void posts_areOneRelation_forCopyConflictsAndHashes() throws SQLException, IOException {
        migrate("3");
        run(POST.formatted("first_post_id(now()::timestamp)"));
        run(POST.formatted("first_post_id(now()::timestamp + interval '3 months')"));
        StringWriter copied = new StringWriter();
        PGConnection postgres = connection.unwrap(PGConnection.class);
        postgres.getCopyAPI().copyOut("COPY (SELECT * FROM post ORDER BY id) TO STDOUT", copied);
        List<String> hashes = texts("SELECT hash_record_extended(post.*, 0) FROM post ORDER BY id");

        run("CREATE TEMP TABLE arriving (LIKE post)");
        postgres.getCopyAPI().copyIn("COPY arriving FROM STDIN", new StringReader(copied.toString()));
        run("UPDATE arriving SET version = 2, content = 'y' WHERE id = (SELECT max(id) FROM arriving)");
        run("INSERT INTO post SELECT * FROM arriving ON CONFLICT (id) DO UPDATE SET content = excluded.content, "
                + "version = excluded.version WHERE excluded.version > post.version");

        assertThat(texts("SELECT content || version FROM post ORDER BY id")).containsExactly("x1", "y2");
        assertThat(texts("SELECT hash_record_extended(post.*, 0) FROM post ORDER BY id")
                        .getFirst())
                .isEqualTo(hashes.getFirst());
    }

    private int atOnce(int callers, String sql) throws InterruptedException, ExecutionException {
        Callable<Integer> call = () -> {
            try (Connection own = connection();
                    Statement statement = own.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getInt(1);
            }
        };
        int sum = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                results.add(executor.submit(call));
            }
            for (Future<Integer> result : results) {
                sum += result.get();
            }
        }
        return sum;
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .locations("classpath:db/shard")
                .target(version)
                .load()
                .migrate();
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
