package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One request after the other, and the port that each came from. */
class ConnectionsTest {

    private static final int MOST = 8;

    private final Queue<Integer> ports = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        api = new Api(
                Target.of("http://127.0.0.1:" + server.getAddress().getPort(), List.of()), MOST, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    @Test
    void aFewConnections_areEnoughForAFewRequests() {
        send(2 * MOST);

        assertThat(ports).hasSize(2 * MOST);
        assertThat(Set.copyOf(ports)).hasSize(1);
    }

    @Test
    void onceAllAreOpen_theyAreUsedInTurn() {
        api.connect();

        send(2 * MOST);

        List<Integer> all = List.copyOf(ports);
        assertThat(all.subList(0, MOST)).doesNotHaveDuplicates();
        assertThat(all.subList(MOST, 2 * MOST)).isEqualTo(all.subList(0, MOST));
    }

    private void send(int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(api.send(Call.get("/", "token"))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join()
                            .status())
                    .isEqualTo(204);
        }
    }
}
