package spillway.lab.ladder;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;
import tools.jackson.databind.json.JsonMapper;

/** Switches the techniques of a running stack, by the operators' doors of its services. */
final class Switchboard implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Stack stack;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    Switchboard(Stack stack) {
        this.stack = stack;
    }

    /** @throws IOException when a service refuses */
    void use(Rung rung) throws IOException {
        if (rung.door() == Part.MONOLITH) {
            return;
        }
        String token = JsonMapper.shared()
                .readTree(send(
                        "POST",
                        stack.url(Part.GATEWAY) + "/dev/token",
                        "{\"userId\":\"1\",\"scopes\":[\"admin\"]}",
                        ""))
                .path("token")
                .asString();
        send("PUT", stack.url(Part.METRICS) + "/admin/like-path", "{\"path\":\"" + rung.path() + "\"}", token);
        send("PUT", stack.url(Part.CONTENT) + "/admin/insert-path", "{\"path\":\"" + rung.insertPath() + "\"}", token);
        send("POST", stack.managementUrl() + "/actuator/edgebatching", "{\"enabled\":" + rung.edge() + "}", token);
    }

    private String send(String method, String url, String body, String token) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException("%s %s: %d %s".formatted(method, url, response.statusCode(), response.body()));
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
