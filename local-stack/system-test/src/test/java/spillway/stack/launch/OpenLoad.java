package spillway.stack.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clients that send posts, and likes of them, at their times and whatever became of those before; nothing is sent twice.
 * Every post is liked by others as soon as it is accepted.
 */
final class OpenLoad implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(80);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int AUTHORS = 60;
    private static final int LIKES = 3;
    /** So many does one load speak for. */
    static final int USERS = AUTHORS + LIKES;

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");
    private static final Pattern METRICS = Pattern.compile("\"postId\":\"(\\d+)\",\"likes\":\\{\"value\":(\\d+)");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Phaser underWay = new Phaser(1);
    private final Map<String, Integer> likes = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final String gateway;
    private final int firstUser;
    private final List<String> tokens;
    private int turn;

    /** @param firstUser of {@link #USERS} whom nobody else speaks for */
    OpenLoad(String gateway, int firstUser) {
        this.gateway = gateway;
        this.firstUser = firstUser;
        this.tokens = IntStream.range(firstUser, firstUser + USERS)
                .mapToObj(user -> found(TOKEN, said("POST", "/dev/token", "", "{\"userId\":\"" + user + "\"}"))
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .toList();
    }

    void begin() {
        var unused = clock.scheduleAtFixedRate(
                () -> {
                    int author = turn++ % AUTHORS;
                    run(() -> postAndLikes(author));
                },
                0,
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Returns when the last client has its answer. */
    void end() {
        clock.close();
        underWay.arriveAndAwaitAdvance();
    }

    private void run(Runnable client) {
        underWay.register();
        clients.execute(() -> {
            try {
                client.run();
            } finally {
                underWay.arriveAndDeregister();
            }
        });
    }

    private void postAndLikes(int author) {
        String answer = said("POST", "/v1/posts", tokens.get(author), "{\"content\":\"Still here?\"}");
        found(ID, answer).findFirst().map(id -> id.group(1)).ifPresent(post -> {
            likes.put(post, 0);
            for (int i = 1; i <= LIKES; i++) {
                String token = tokens.get(author + i);
                run(() -> like(post, token));
            }
        });
    }

    private void like(String post, String token) {
        if (!said("PUT", "/v1/posts/" + post + "/like", token, "").isEmpty()) {
            likes.merge(post, 1, Integer::sum);
        }
    }

    /** What went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many posts were accepted. */
    int accepted() {
        return likes.size();
    }

    /** Posts, and what could not be read, of which the services tell another number of likes than was accepted. */
    List<String> miscounted() {
        failures.clear();
        Map<String, Integer> counted = counted();
        Stream<String> wrong = Stream.of(likes, counted)
                .flatMap(posts -> posts.keySet().stream())
                .distinct()
                .filter(post -> !Objects.equals(likes.get(post), counted.get(post)))
                .map(post -> post + ": " + likes.get(post) + " accepted, " + counted.get(post) + " counted");
        return Stream.concat(failures.stream(), wrong).toList();
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counted = new ConcurrentHashMap<>();
        for (int author = firstUser; author < firstUser + AUTHORS; author++) {
            List<String> posts = found(ID, get("/v1/users/" + author + "/posts?limit=100"))
                    .map(id -> id.group(1))
                    .toList();
            found(METRICS, get("/v1/metrics?ids=" + String.join(",", posts)))
                    .forEach(post -> counted.put(post.group(1), Integer.valueOf(post.group(2))));
        }
        return counted;
    }

    private String get(String path) {
        return said("GET", path, tokens.getFirst(), "");
    }

    /** The body of an answer that is a success, else nothing. */
    private String said(String method, String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            failures.add(method + " " + path + ": " + response.statusCode() + " " + response.body());
        } catch (IOException e) {
            failures.add(method + " " + path + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        clients.shutdownNow();
        http.shutdownNow();
    }
}
