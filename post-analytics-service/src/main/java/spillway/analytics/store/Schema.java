package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/** Brings keyspace and tables to what this version of the service needs. */
final class Schema {

    /** In order; a change of the schema is a new file. */
    private static final List<String> VERSIONS = List.of("cassandra/V1__keyspace.cql", "cassandra/V2__event_rows.cql");

    /** All nodes have to agree on each statement before the next. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Schema() {}

    static void apply(CqlSession session, StoreSettings settings) {
        for (String version : VERSIONS) {
            for (String statement : statements(version)) {
                session.execute(SimpleStatement.newInstance(statement
                                .replace("${keyspace}", settings.keyspace())
                                .replace("${replicationFactor}", Integer.toString(settings.replicationFactor())))
                        .setTimeout(PATIENCE));
            }
        }
    }

    private static List<String> statements(String resource) {
        try {
            String script = new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
            String withoutComments = script.lines()
                    .filter(line -> !line.stripLeading().startsWith("--"))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(withoutComments.split(";", -1))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
