package spillway.lab.limits.probe;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;

/**
 * Where the probes work, and how what they make is called, so that it can be found and removed.
 *
 * @param folder on the file system that holds the servers' data
 * @param database of the first Postgres server, for their tables
 * @param prefix of their tables, keys, topics and of their keyspace
 * @param random decides everything random
 */
public record Bench(Stack stack, Path folder, String database, String prefix, RandomGenerator random) {

    /** In the lab's own database and under its own name. */
    public static Bench standard(Stack stack, Path folder, RandomGenerator random) {
        return new Bench(stack, folder, "lab", "lab", random);
    }

    Connection postgres() throws SQLException {
        return stack.connect(Part.POSTGRES_A, database + "?reWriteBatchedInserts=true");
    }

    /** For questions; the probes of Redis speak to it themselves. */
    public RedisClient redis() {
        return RedisClient.create(RedisURI.builder()
                .withHost(stack.host())
                .withPort(stack.port(Part.REDIS))
                .withPassword(stack.redisPassword().toCharArray())
                .build());
    }

    String table() {
        return prefix + "_limits";
    }

    public String key(String name) {
        return prefix + ":limits:" + name;
    }

    /** A new one each time: deleting a topic takes a while. */
    String topic() {
        return topicPrefix() + Long.toHexString(random.nextLong());
    }

    String topicPrefix() {
        return prefix + "-limits-";
    }

    String keyspace() {
        return prefix;
    }
}
