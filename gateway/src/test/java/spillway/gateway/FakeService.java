package spillway.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service behind the gateway: remembers what it was asked and answers as it was told. */
final class FakeService {

    private static final HttpHandler OK = exchange -> reply(exchange, 200, Map.of(), "{}");

    private static final HttpHandler NO_SUCH_QUESTION = exchange -> reply(exchange, 404, Map.of(), "");

    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile HttpHandler answer = OK;
    private volatile HttpHandler pressure = NO_SUCH_QUESTION;
    private volatile boolean ready = true;

    FakeService() {
        this(0);
    }

    /** @param port zero for any */
    FakeService(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pressure", exchange -> pressure.handle(exchange));
        server.createContext(
                "/actuator/health/readiness", exchange -> reply(exchange, ready ? 200 : 503, Map.of(), ""));
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            // The answer may depend on it.
            exchange.setStreams(new ByteArrayInputStream(body), null);
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(body, StandardCharsets.UTF_8)));
            answer.handle(exchange);
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answers(HttpHandler handler) {
        answer = handler;
    }

    /** What it says of its pressure; such questions are not among those {@link #seen}. */
    void isUnder(String signals) {
        pressure = exchange -> reply(exchange, 200, Map.of("Content-Type", "application/json"), signals);
    }

    /** What it says of its readiness; such questions are not among those {@link #seen} either. */
    void isReady(boolean says) {
        ready = says;
    }

    /** Nobody listens any more. */
    void stop() {
        server.stop(0);
    }

    void reset() {
        ready = true;
        answer = OK;
        pressure = NO_SUCH_QUESTION;
        seen.clear();
    }

    /** Requests that arrived whole. */
    List<Seen> seen() {
        return seen;
    }

    static void reply(HttpExchange exchange, int status, Map<String, String> headers, String body) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    record Seen(String method, URI uri, Headers headers, String body) {}
}
