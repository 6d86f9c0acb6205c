package spillway.monolith;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** The application's clients: each user with a token of their own. Thread-safe. */
final class Api {

    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    private final RestTestClient stranger;
    private final Map<Long, RestTestClient> users = new ConcurrentHashMap<>();

    Api(int port) {
        stranger = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    RestTestClient stranger() {
        return stranger;
    }

    RestTestClient as(long user) {
        return users.computeIfAbsent(user, id -> {
            Map<String, Object> issued = body(stranger.post()
                    .uri("/dev/token")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("userId", Long.toString(id)))
                    .exchange());
            return stranger.mutate()
                    .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + issued.get("token"))
                    .build();
        });
    }

    String post(long user, String content, String... mediaUrls) {
        return created(as(user).post()
                .uri("/v1/posts")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("content", content, "mediaUrls", List.of(mediaUrls)))
                .exchange());
    }

    String postWithKey(long user, String key, String content) {
        return created(sendPost(user, key, "{\"content\":\"" + content + "\"}"));
    }

    ResponseSpec sendPost(long user, @Nullable String key, String body) {
        var request = as(user).post().uri("/v1/posts").contentType(MediaType.APPLICATION_JSON);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.body(body).exchange();
    }

    ResponseSpec comment(long user, String post, String content) {
        return as(user).post()
                .uri("/v1/posts/" + post + "/comments")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("content", content))
                .exchange();
    }

    /** Status of the answer. */
    int like(long user, String post) {
        return status(as(user).put().uri("/v1/posts/" + post + "/like").exchange());
    }

    /** Type of the problem that answered. */
    String likeProblem(long user, String post) {
        return String.valueOf(
                body(as(user).put().uri("/v1/posts/" + post + "/like").exchange())
                        .get("type"));
    }

    /** Status of the answer. */
    int unlike(long user, String post) {
        return status(as(user).delete().uri("/v1/posts/" + post + "/like").exchange());
    }

    /** Status of the answer. */
    int share(long user, String post, @Nullable String key) {
        var request = as(user).post().uri("/v1/posts/" + post + "/shares");
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return status(request.exchange());
    }

    /** Status of the answer to an empty POST. */
    int send(long user, String path) {
        return status(as(user).post().uri(path).exchange());
    }

    boolean likes(long user, String post) {
        return Boolean.TRUE.equals(
                body(as(user).get().uri("/v1/posts/" + post + "/like").exchange())
                        .get("liked"));
    }

    long count(String post, String metric) {
        Map<String, Object> metrics =
                body(as(1).get().uri("/v1/posts/" + post + "/metrics").exchange());
        if (metrics.get(metric) instanceof Map<?, ?> count && count.get("value") instanceof Number value) {
            return value.longValue();
        }
        throw new AssertionError("no " + metric + " in " + metrics);
    }

    /** The ids in a list, read piece by piece. */
    List<String> pages(String path, int limit) {
        List<String> ids = new ArrayList<>();
        Object cursor = null;
        do {
            String uri = path + "?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor);
            Map<String, Object> page = body(as(1).get().uri(uri).exchange());
            if (page.get("items") instanceof List<?> items) {
                items.forEach(item -> ids.add(String.valueOf(((Map<?, ?>) item).get("id"))));
            }
            cursor = page.get("next");
        } while (cursor != null);
        return ids;
    }

    private static String created(ResponseSpec response) {
        response.expectStatus().isCreated();
        return String.valueOf(body(response).get("id"));
    }

    private static int status(ResponseSpec response) {
        return response.returnResult(Void.class).getStatus().value();
    }

    private static Map<String, Object> body(ResponseSpec response) {
        Map<String, Object> body = response.expectBody(OBJECT).returnResult().getResponseBody();
        if (body == null) {
            throw new AssertionError("no body");
        }
        return body;
    }

    /** Runs the calls from 32 clients at the same time and gives their results in order. */
    static <T> List<T> atOnce(int calls, IntFunction<Callable<T>> call) {
        try (ExecutorService clients = Executors.newFixedThreadPool(32)) {
            return clients.invokeAll(IntStream.range(0, calls).mapToObj(call).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
