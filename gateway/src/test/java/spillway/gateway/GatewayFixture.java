package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running gateway with development tokens, before three fakes, with likes and views passed on one by one. One for all suites. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.edge.enabled=false",
            "spillway.gateway.yardstick=true",
            "spillway.gateway.edge.max-in-flight=1",
            "spillway.gateway.edge.max-wait=20s",
            "spillway.gateway.edge.views.max-in-flight=1",
            "spillway.gateway.edge.views.max-wait=20s",
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=2s"
        })
abstract class GatewayFixture {

    static final FakeService CONTENT = new FakeService();
    static final FakeService METRICS = new FakeService();
    static final FakeService ANALYTICS = new FakeService();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int SOCKET_TIMEOUT_MILLIS = 10_000;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("spillway.gateway.content-url", CONTENT::url);
        properties.add("spillway.gateway.metrics-url", METRICS::url);
        properties.add("spillway.gateway.analytics-url", ANALYTICS::url);
    }

    @BeforeEach
    void forget() {
        CONTENT.reset();
        METRICS.reset();
        ANALYTICS.reset();
    }

    int port() {
        return port;
    }

    String token() {
        return token(42);
    }

    String token(long user) {
        HttpResponse<String> response = send("POST", "/dev/token", "{\"userId\":\"%d\"}".formatted(user), asJson());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("token").stringValue();
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "", bearer(token()));
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, "", bearer(token()));
    }

    HttpResponse<String> send(String method, String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        return send(port, method, path, body, more);
    }

    static HttpResponse<String> send(
            int port, String method, String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest request = more.apply(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofMillis(SOCKET_TIMEOUT_MILLIS))
                        .method(method, publisher))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.toString(), e);
        }
    }

    /** Sends the very bytes and returns all that comes back before the connection ends. */
    String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static UnaryOperator<HttpRequest.Builder> bearer(String token) {
        return request -> request.header("Authorization", "Bearer " + token);
    }

    static UnaryOperator<HttpRequest.Builder> asJson() {
        return request -> request.header("Content-Type", "application/json");
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static void assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).path("type").stringValue()).isEqualTo("urn:spillway:problem:" + type);
        assertThat(json(response).path("status").intValue()).isEqualTo(status);
    }
}
