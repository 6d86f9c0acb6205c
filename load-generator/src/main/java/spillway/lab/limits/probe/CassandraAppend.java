package spillway.lab.limits.probe;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import spillway.lab.stack.Part;

/**
 * Appends rows to a table of events in a keyspace of its own.
 *
 * @param rows in each statement, all of one partition
 * @param inFlight statements that wait for their answer
 */
record CassandraAppend(Bench bench, Quantity quantity, String how, int rows, int inFlight) implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int POSTS = 1_000;

    static CassandraAppend single(Bench bench, Quantity quantity, int inFlight) {
        return new CassandraAppend(bench, quantity, "async, " + inFlight + " in flight", 1, inFlight);
    }

    static CassandraAppend batches(Bench bench, Quantity quantity, int rows, int inFlight) {
        return new CassandraAppend(bench, quantity, "one partition, " + inFlight + " in flight", rows, inFlight);
    }

    @Override
    public Set<Part> servers() {
        return Set.of(Part.CASSANDRA);
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        try (CqlSession session = session(bench)) {
            String drop = "DROP KEYSPACE IF EXISTS " + bench.keyspace();
            session.execute(drop);
            try {
                session.execute("CREATE KEYSPACE " + bench.keyspace()
                        + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
                session.execute("CREATE TABLE " + bench.keyspace() + ".events (post_id bigint, event_time timestamp,"
                        + " event_id bigint, user_id bigint, PRIMARY KEY (post_id, event_time, event_id))");
                try (Crew crew = Crew.of(1, thread -> append(session))) {
                    return meter.read(crew.tally(), servers());
                }
            } finally {
                session.execute(drop);
            }
        }
    }

    static CqlSession session(Bench bench) {
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(
                        bench.stack().host(), bench.stack().port(Part.CASSANDRA)))
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        .build())
                .build();
    }

    private Append append(CqlSession session) {
        PreparedStatement insert = session.prepare("INSERT INTO " + bench.keyspace()
                + ".events (post_id, event_time, event_id, user_id) VALUES (?, ?, ?, ?)");
        return new Append(
                session, insert, new SplittableRandom(bench.random().nextLong()), rows, new Semaphore(inFlight));
    }

    private record Append(
            CqlSession session, PreparedStatement insert, RandomGenerator random, int rows, Semaphore places)
            implements Crew.Step {

        @Override
        public void once(Tally tally) throws InterruptedException {
            places.acquire();
            var unused = session.executeAsync(statement()).whenComplete((done, failure) -> {
                places.release();
                if (failure == null) {
                    tally.add(rows);
                } else {
                    tally.fail(failure);
                }
            });
        }

        private Statement<?> statement() {
            long post = random.nextInt(POSTS);
            if (rows == 1) {
                return insert.bind(post, time(), random.nextLong(), random.nextLong());
            }
            BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
            for (int i = 0; i < rows; i++) {
                batch.addStatement(insert.bind(post, time(), random.nextLong(), random.nextLong()));
            }
            return batch.build();
        }

        /** Some instant of one day. */
        private Instant time() {
            return Instant.ofEpochSecond(random.nextInt((int) Duration.ofDays(1).toSeconds()));
        }
    }
}
