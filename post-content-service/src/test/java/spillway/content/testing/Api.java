package spillway.content.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a client sees it, over real HTTP. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public Api(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** Base URL. */
    public String url() {
        return base;
    }

    /** What came back; {@code body} is null when there was none. */
    public record Answer(
            HttpResponse<String> response, @Nullable JsonNode body) {

        public int status() {
            return response.statusCode();
        }

        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public JsonNode json() {
            if (body == null) {
                throw new AssertionError("no body in the answer " + status());
            }
            return body;
        }

        public String text(String property) {
            return json().path(property).asString();
        }

        /** The ids of a list's items. */
        public List<String> ids() {
            return json().path("items")
                    .valueStream()
                    .map(item -> item.path("id").asString())
                    .toList();
        }
    }

    public Answer post(UserId user, String path, String body, String... headers) {
        return send("POST", user, path, body, headers);
    }

    public Answer patch(UserId user, String path, String body, String... headers) {
        return send("PATCH", user, path, body, headers);
    }

    public Answer get(UserId user, String path, String... headers) {
        return send("GET", user, path, null, headers);
    }

    public Answer delete(UserId user, String path, String... headers) {
        return send("DELETE", user, path, null, headers);
    }

    /** A new post's id. */
    public String publish(UserId user, String content) {
        Answer answer = post(user, "/v1/posts", JSON.writeValueAsString(new Content(content)));
        if (answer.status() != 201) {
            throw new AssertionError("not published: " + answer);
        }
        return answer.text("id");
    }

    /** Which path new posts take from now on. */
    public void useInsertPath(String path) {
        Answer answer = send(
                "PUT",
                null,
                "/admin/insert-path",
                "{\"path\":\"" + path + "\"}",
                "Authorization",
                "Bearer " + TestTokens.of(new UserId(1), "admin"));
        if (answer.status() != 200) {
            throw new AssertionError("not switched: " + answer);
        }
    }

    /**
     * Any request; a JSON content type goes with a body unless the headers name another.
     *
     * @param user null for no token
     * @param headers names and values in turn
     */
    public Answer send(String method, @Nullable UserId user, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (user != null) {
            request.header("Authorization", "Bearer " + TestTokens.of(user));
        }
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response, isJson(response) ? JSON.readTree(response.body()) : null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isJson(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
    }

    private record Content(String content) {}
}
