package spillway.lab.limits.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import spillway.lab.stack.Part;

/**
 * Repeats one write, prepared, on some connections at once. Each is a transaction of its own in a table of its own.
 *
 * @param columns the table's
 * @param rows how many the table has at first
 * @param work what each connection does
 */
record PostgresWrites(Bench bench, Quantity quantity, String how, String columns, int rows, int connections, Work work)
        implements Probe {

    private static final String COUNTERS = "(id bigint PRIMARY KEY, n bigint NOT NULL)";
    private static final String LIKES = "(id bigint, n bigint, PRIMARY KEY (id, n))";
    private static final int POSTS = 1_000;

    @FunctionalInterface
    private interface Work {
        Crew.Step on(Connection connection, String table, RandomGenerator random) throws SQLException;
    }

    /** Adds 1 to a random one of so many rows. */
    static PostgresWrites updates(Bench bench, Quantity quantity, int rows, int connections) {
        return new PostgresWrites(
                bench,
                quantity,
                "UPDATE n = n + 1, own commit",
                COUNTERS,
                rows,
                connections,
                (connection, table, random) -> new Update(connection, table, random, rows));
    }

    /** Inserts rows as a table of likes has them, so many per commit. */
    static PostgresWrites inserts(Bench bench, Quantity quantity, int perCommit, int connections) {
        return new PostgresWrites(
                bench,
                quantity,
                perCommit == 1 ? "(post, user), own commit" : "multi-row, one connection",
                LIKES,
                0,
                connections,
                (connection, table, random) -> new Insert(connection, table, random, perCommit));
    }

    @Override
    public Set<Part> servers() {
        return Set.of(Part.POSTGRES_A);
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        try (Connection owner = bench.postgres();
                Statement statement = owner.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + bench.table());
            statement.execute("CREATE TABLE " + bench.table() + columns);
            try {
                statement.execute(
                        "INSERT INTO " + bench.table() + " SELECT i, 0 FROM generate_series(1, " + rows + ") i");
                statement.execute("ANALYZE " + bench.table());
                try (Crew crew = Crew.of(connections, this::open)) {
                    return meter.read(crew.tally(), servers());
                }
            } finally {
                statement.execute("DROP TABLE " + bench.table());
            }
        }
    }

    private Crew.Step open(int connection) throws SQLException {
        return work.on(
                bench.postgres(),
                bench.table(),
                new SplittableRandom(bench.random().nextLong()));
    }

    private record Update(Connection connection, PreparedStatement statement, RandomGenerator random, int rows)
            implements Crew.Step {

        Update(Connection connection, String table, RandomGenerator random, int rows) throws SQLException {
            this(
                    connection,
                    connection.prepareStatement("UPDATE " + table + " SET n = n + 1 WHERE id = ?"),
                    random,
                    rows);
        }

        @Override
        public void once(Tally tally) throws SQLException {
            statement.setLong(1, 1 + random.nextInt(rows));
            tally.add(statement.executeUpdate());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private record Insert(Connection connection, PreparedStatement statement, RandomGenerator random, int perCommit)
            implements Crew.Step {

        Insert(Connection connection, String table, RandomGenerator random, int perCommit) throws SQLException {
            this(connection, connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)"), random, perCommit);
            connection.setAutoCommit(perCommit == 1);
        }

        @Override
        public void once(Tally tally) throws SQLException {
            if (perCommit == 1) {
                row();
                statement.executeUpdate();
            } else {
                for (int i = 0; i < perCommit; i++) {
                    row();
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            }
            tally.add(perCommit);
        }

        private void row() throws SQLException {
            statement.setLong(1, random.nextInt(POSTS));
            statement.setLong(2, random.nextLong());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
