package spillway.lab.reshard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gateway and post-content-service in one, which answers questions for status from a script. */
final class PlayedService implements AutoCloseable {

    private final HttpServer server;
    private final Deque<String> script = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private @Nullable String refusal;
    private int tokensRefused;

    PlayedService(String... statuses) throws IOException {
        script.addAll(List.of(statuses));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Every order is refused from now on. */
    synchronized void refuse(String reason) {
        refusal = reason;
    }

    /** The next requests are told that their token is no good. */
    synchronized void refuseTokens(int times) {
        tokensRefused = times;
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    Map<String, String> environment() {
        String address = server.getAddress().getPort() + " 1";
        return Map.of(
                "SPILLWAY_LAB_SECRETS", "nowhere", "SPILLWAY_LAB_GATEWAY", address, "SPILLWAY_LAB_CONTENT", address);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        told.add((exchange.getRequestMethod() + " " + path + " " + body).strip());
        if (path.equals("/dev/token")) {
            reply(exchange, 200, "{\"token\":\"t\"}");
        } else if (tokensRefused > 0) {
            tokensRefused--;
            reply(exchange, 401, "{}");
        } else if (path.equals("/admin/shards")) {
            reply(
                    exchange,
                    200,
                    "{\"epoch\":7,\"shards\":[{\"shard\":0,\"slots\":\"0-511\",\"count\":512,\"reachable\":true},"
                            + "{\"shard\":8,\"slots\":\"\",\"count\":0,\"reachable\":false}]}");
        } else if (exchange.getRequestMethod().equals("POST") && refusal != null) {
            reply(exchange, 409, "{\"title\":\"No\",\"detail\":\"" + refusal + "\"}");
        } else if (exchange.getRequestMethod().equals("GET") && path.equals("/admin/reshards")) {
            reply(
                    exchange,
                    200,
                    "{\"items\":[" + String.join(",", script.stream().limit(1).toList()) + "]}");
        } else {
            reply(exchange, exchange.getRequestMethod().equals("POST") ? 202 : 200, next());
        }
    }

    private String next() {
        return script.size() > 1 ? script.removeFirst() : script.getFirst();
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A reshard with one move. */
    static String status(String phase, String stage) {
        return status(phase, stage, "null");
    }

    static String status(String phase, String stage, String error) {
        return """
                {"id":1,"from":8,"to":16,"plan":"even","state":"%s","startedAt":"2026-11-21T00:00:00Z","endedAt":null,
                 "worker":"present","rows":{"copied":250,"estimated":1000,"perSecond":40},
                 "pause":{"count":12,"p50Millis":9.1,"p99Millis":22.0,"maxMillis":25.3},
                 "moves":[{"id":1,"source":0,"target":8,"slots":"256-511","slotCount":256,"state":"%s",
                   "rows":{"copied":250,"estimated":1000,"perSecond":40},"lag":{"rows":5,"millis":3},
                   "verified":{"chunks":1,"of":2},"differences":0,"handedOver":64,
                   "pause":{"count":12,"p50Millis":9.1,"p99Millis":22.0,"maxMillis":25.3},"error":%s}]}""".formatted(phase, stage, error);
    }
}
