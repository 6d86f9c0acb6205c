package spillway.content.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import spillway.content.PostContentService;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;
import spillway.platform.wire.Wire;

/** An instance of the service for tests that start several or choose where the shards are. */
public final class TestService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * A catalog and shards of their own.
     *
     * @param shards JDBC URLs, by number
     */
    public record Storage(Database catalog, List<String> shards) {

        public Storage {
            shards = List.copyOf(shards);
        }

        public static Storage create(Servers servers) {
            List<String> shards = new ArrayList<>();
            for (int shard = 0; shard < Users.SHARDS; shard++) {
                shards.add(servers.postgres().newDatabase().url());
            }
            return new Storage(servers.postgres().newDatabase(), shards);
        }

        /** A wire to one shard, still cut. */
        public Wire wireTo(int shard) {
            URI database = database(shard);
            return new Wire(database.getHost(), database.getPort());
        }

        /** The same with one shard reached by a wire. */
        public Storage with(int shard, Wire wire) {
            List<String> rewired = new ArrayList<>(shards);
            rewired.set(
                    shard,
                    "jdbc:postgresql://127.0.0.1:" + wire.port()
                            + database(shard).getPath());
            return new Storage(catalog, rewired);
        }

        private URI database(int shard) {
            return URI.create(shards.get(shard).substring("jdbc:".length()));
        }
    }

    /** @param properties each {@code name=value}, besides those that name the servers */
    public static TestService start(Servers servers, Storage storage, String... properties) {
        return startWithKafkaAt(servers.kafka().bootstrapServers(), servers, storage, properties);
    }

    /** The same with another Kafka, or none. */
    public static TestService startWithKafkaAt(
            String bootstrapServers, Servers servers, Storage storage, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spillway.content.catalog-url=" + storage.catalog().url(),
                "--spillway.postgres.username=" + storage.catalog().username(),
                "--spillway.postgres.password=" + storage.catalog().password(),
                "--spillway.content.shard-urls=" + String.join(",", storage.shards()),
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--spillway.topics.prefix=" + servers.kafka().topicPrefix()));
        Arrays.stream(properties).map(property -> "--" + property).forEach(arguments::add);
        return new TestService(new SpringApplicationBuilder(PostContentService.class, TestTokens.class)
                .run(arguments.toArray(String[]::new)));
    }

    public Api api() {
        return new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
