package spillway.lab.limits.probe;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.lettuce.core.RedisClient;
import java.sql.Connection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import spillway.lab.stack.Part;

/** What the servers say they are. */
public final class ServerVersions {

    private ServerVersions() {}

    /** Of a server that does not say, the reason. */
    public static Map<String, String> ask(Bench bench) {
        Map<String, String> versions = new TreeMap<>();
        versions.put(Part.POSTGRES_A.label(), said(() -> postgres(bench)));
        versions.put(Part.REDIS.label(), said(() -> redis(bench)));
        versions.put(Part.KAFKA.label(), said(() -> kafka(bench)));
        versions.put(Part.CASSANDRA.label(), said(() -> cassandra(bench)));
        return versions;
    }

    private static String said(Callable<String> question) {
        try {
            return question.call();
        } catch (Exception e) { // a version is worth having, not worth a calibration
            return "unknown: " + ProbeFailure.reason(e);
        }
    }

    private static String postgres(Bench bench) throws Exception {
        try (Connection connection = bench.postgres()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private static String redis(Bench bench) {
        try (RedisClient client = bench.redis()) {
            return client.connect()
                    .sync()
                    .info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** Brokers do not tell their release, only the level of the metadata they agreed on. */
    private static String kafka(Bench bench) throws Exception {
        try (Admin admin = Admin.create(KafkaTopic.connection(bench))) {
            FeatureMetadata features =
                    admin.describeFeatures().featureMetadata().get();
            FinalizedVersionRange metadata = features.finalizedFeatures().get("metadata.version");
            return metadata == null ? "unknown" : "metadata.version " + metadata.maxVersionLevel();
        }
    }

    private static String cassandra(Bench bench) {
        try (CqlSession session = CassandraAppend.session(bench)) {
            Row row =
                    session.execute("SELECT release_version FROM system.local").one();
            return row == null ? "unknown" : String.valueOf(row.getString(0));
        }
    }
}
