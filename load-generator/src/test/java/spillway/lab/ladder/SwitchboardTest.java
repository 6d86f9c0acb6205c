package spillway.lab.ladder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;

/** All services are one server here, which keeps what it was told. */
class SwitchboardTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HttpServer services;
    private volatile int answer = 200;

    SwitchboardTest() throws IOException {
        services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        services.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            told.add("%s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body));
            byte[] reply = "{\"token\":\"t\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(answer, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        services.start();
    }

    @AfterEach
    void stop() {
        services.stop(0);
    }

    @Test
    void rungOfOneInsertPerCommit_switchesTheBatcherOff() throws IOException, NoStack {
        use(Rung.EIGHT_SHARDS);
        assertThat(told).contains("PUT /admin/insert-path {\"path\":\"single\"}");
    }

    @Test
    void highestRung_leavesAllAsAStartDoes() throws IOException, NoStack {
        use(Rung.EDGE);
        assertThat(told)
                .contains(
                        "PUT /admin/like-path {\"path\":\"batched\"}",
                        "PUT /admin/insert-path {\"path\":\"batched\"}",
                        "POST /actuator/edgebatching {\"enabled\":true}");
    }

    @Test
    void theMonolith_hasNothingToSwitch() throws IOException, NoStack {
        use(Rung.MONOLITH);
        assertThat(told).isEmpty();
    }

    @Test
    void serviceThatRefuses_endsTheClimb() {
        answer = 403;
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> use(Rung.INSERTS))
                .withMessageContaining("403");
    }

    private void use(Rung rung) throws IOException, NoStack {
        int port = services.getAddress().getPort();
        Map<String, String> environment = new HashMap<>(
                Map.of("SPILLWAY_LAB_SECRETS", "nowhere", "SPILLWAY_LAB_GATEWAY_MANAGEMENT", Integer.toString(port)));
        for (Part part : Part.values()) {
            environment.put(
                    "SPILLWAY_LAB_" + part.label().toUpperCase(Locale.ROOT).replace('-', '_'), port + " 1");
        }
        try (Switchboard switches = new Switchboard(Stack.from(environment))) {
            switches.use(rung);
        }
    }
}
