package spillway.lab.limits.probe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;
import spillway.platform.testing.Servers;

/** A bench over a suite's real servers; whoever is behind HTTP is a fake that agrees with everything. */
public final class RealBench implements AutoCloseable {

    private final HttpServer http;
    private final Bench bench;

    /** @param folder an empty one */
    public RealBench(Servers servers, Path folder) throws IOException, NoStack {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        http.createContext("/", exchange -> {
            try (exchange) {
                byte[] bytes = "{\"token\":\"t\",\"items\":[]}".getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        http.start();

        Servers.Redis redis = servers.redis();
        Servers.Database database = servers.postgres().newDatabase();
        URI postgres = URI.create(database.url().substring("jdbc:".length()));
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("spillway.postgres.password"), database.password());
        Files.writeString(secrets.resolve("spring.data.redis.password"), redis.password());

        Map<Part, Integer> ports = Map.of(
                Part.POSTGRES_A, postgres.getPort(),
                Part.REDIS, redis.port(),
                Part.KAFKA, port(servers.kafka().bootstrapServers()),
                Part.CASSANDRA, port(servers.cassandra().contactPoint()));
        Map<String, String> environment = new HashMap<>(Map.of("SPILLWAY_LAB_SECRETS", secrets.toString()));
        for (Part part : Part.values()) {
            int port = ports.getOrDefault(part, http.getAddress().getPort());
            environment.put(
                    "SPILLWAY_LAB_" + part.name(),
                    port + " " + ProcessHandle.current().pid());
        }
        String prefix = servers.cassandra().keyspace();
        bench = new Bench(
                Stack.from(environment), folder, postgres.getPath().substring(1), prefix, new SplittableRandom(1));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    public Bench bench() {
        return bench;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
