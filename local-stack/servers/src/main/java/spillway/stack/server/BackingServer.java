package spillway.stack.server;

import java.time.Duration;
import spillway.stack.process.ChildProcess;

/** A running server; closing stops it in order and keeps its data. */
public sealed interface BackingServer extends AutoCloseable
        permits PostgresServer, RedisServer, KafkaServer, CassandraServer {

    ChildProcess process();

    int port();

    /** Returns once clients are served; fails with the log's tail when the server dies or the time is over. */
    void awaitReady(Duration timeout);

    @Override
    default void close() {
        process().close();
    }
}
