package spillway.lab.reshard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operators' door of post-content-service, with a development token of the gateway's. Every method throws
 * {@link Refused} when the service says no, and {@link IOException} when nobody answers. Thread-safe.
 */
public final class ReshardDoor implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int UNAUTHENTICATED = 401;
    private static final String RESHARDS = "/admin/reshards";

    private final String gateway;
    private final String content;
    private volatile @Nullable String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @param gateway its URL, without a slash at the end
     * @param content that of an instance of post-content-service
     */
    public ReshardDoor(String gateway, String content) {
        this.gateway = gateway;
        this.content = content;
    }

    /** Starts a reshard. */
    public Status start(Wish wish) throws IOException, Refused {
        return Status.of(ask("POST", RESHARDS, wish.json()));
    }

    public Status status(long id) throws IOException, Refused {
        return Status.of(ask("GET", RESHARDS + "/" + id, ""));
    }

    /** All there ever were, the newest first. */
    public List<Status> all() throws IOException, Refused {
        List<Status> all = new ArrayList<>();
        for (JsonNode item : ask("GET", RESHARDS, "").path("items")) {
            all.add(Status.of(item));
        }
        return all;
    }

    /** The newest of all; empty when there never was one. */
    public Optional<Status> newest() throws IOException, Refused {
        return all().stream().findFirst();
    }

    public Status order(long id, Order order) throws IOException, Refused {
        return Status.of(ask("POST", RESHARDS + "/" + id + "/" + order.path(), ""));
    }

    ShardSlots shards() throws IOException, Refused {
        return ShardSlots.of(ask("GET", "/admin/shards", ""));
    }

    private JsonNode ask(String method, String path, String body) throws IOException, Refused {
        String known = token;
        HttpResponse<String> response = send(method, content + path, body, known == null ? fetchToken() : known);
        if (response.statusCode() == UNAUTHENTICATED) {
            // Of an earlier gateway, perhaps: each start makes new keys.
            response = send(method, content + path, body, fetchToken());
        }
        JsonNode answer = json(response.body());
        if (response.statusCode() >= 300) {
            throw refusal(method + " " + path, response.statusCode(), answer);
        }
        return answer;
    }

    private static Refused refusal(String what, int status, JsonNode problem) {
        String reason = problem.path("detail").asString(problem.path("title").asString(""));
        return new Refused(status, reason.isEmpty() ? what + ": " + status : reason);
    }

    private String fetchToken() throws IOException {
        HttpResponse<String> response =
                send("POST", gateway + "/dev/token", "{\"userId\":\"1\",\"scopes\":[\"admin\"]}", "");
        String fetched = json(response.body()).path("token").asString("");
        if (response.statusCode() >= 300 || fetched.isEmpty()) {
            throw new IOException("the gateway gives no token: " + response.statusCode());
        }
        token = fetched;
        return fetched;
    }

    private HttpResponse<String> send(String method, String url, String body, String bearer) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException noJson) {
            return JsonMapper.shared().missingNode();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
