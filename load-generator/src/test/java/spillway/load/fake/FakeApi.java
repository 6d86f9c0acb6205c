package spillway.load.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import spillway.load.fake.FakeState.FakePost;
import spillway.load.fake.Misbehaviour.DoesNotKnow;
import spillway.load.fake.Misbehaviour.Doubles;
import spillway.load.fake.Misbehaviour.Forgets;
import spillway.load.fake.Misbehaviour.Late;
import spillway.load.fake.Misbehaviour.Refuses;
import spillway.load.fake.Misbehaviour.Resets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A correct server on a port of its own, until told to misbehave. */
public final class FakeApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    static {
        // The server of the JDK closes those above 200 without a word, and whoever has just sent something never hears
        // of it.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    }

    private final FakeState state = new FakeState();
    private final FakeLedger ledger = new FakeLedger();
    private final List<Rule> rules = new ArrayList<>();
    /** Platform threads: the carriers of virtual ones are as few as processors, and every server of the tests beside shares them. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("fake-api-", 0).factory());

    private final HttpServer server;
    private volatile Allowance allowance = new Allowance(1e9);

    private record Rule(Pattern request, long every, Misbehaviour misbehaviour, AtomicLong seen) {}

    private record Reply(int status, String body) {}

    public FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * From now on misbehaves at each {@code every}th request that looks like this.
     *
     * @param request a regular expression over method and path, for example {@code PUT .*}{@code /like}
     */
    public FakeApi misbehave(String request, long every, Misbehaviour misbehaviour) {
        rules.add(new Rule(Pattern.compile(request), every, misbehaviour, new AtomicLong()));
        return this;
    }

    /** From now on sheds writes that come faster than this, per second. */
    public FakeApi limit(int perSecond) {
        allowance = new Allowance(perSecond);
        return this;
    }

    /** Returns once it holds so many posts. */
    public void awaitPosts(int posts) {
        while (state.posts() < posts) {
            pause(10);
        }
    }

    /** Where it shows what it shed. */
    public String shedLedger() {
        return url() + FakeLedger.PATH;
    }

    /** How many posts it holds. */
    public int posts() {
        return state.posts();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Misbehaviour misbehaviour = misbehaviourFor(exchange);
            if (exchange.getRequestURI().getPath().equals(FakeLedger.PATH)) {
                answer(exchange, new Reply(200, ledger.json()));
                return;
            }
            boolean shed = !exchange.getRequestMethod().equals("GET")
                    && exchange.getRequestURI().getPath().startsWith("/v1/")
                    && !allowance.take();
            if (shed) {
                ledger.shed(exchange.getRequestURI().getPath());
                answer(exchange, new Reply(429, "{}"));
                return;
            }
            switch (misbehaviour) {
                case null -> answer(exchange, reply(exchange, body, true));
                case Late late -> {
                    pause(late.by().toMillis());
                    answer(exchange, reply(exchange, body, true));
                }
                case Refuses refuses -> answer(exchange, new Reply(refuses.status(), refuses.problem()));
                case DoesNotKnow unknown -> {
                    reply(exchange, body, unknown.effect());
                    answer(exchange, new Reply(503, "{\"type\":\"urn:x\",\"outcome\":\"unknown\"}"));
                }
                case Resets resets -> reply(exchange, body, resets.effect());
                case Forgets forgets -> answer(exchange, reply(exchange, body, false));
                case Doubles doubles -> {
                    answer(exchange, reply(exchange, body, true));
                    String post = exchange.getRequestURI().getPath().split("/", -1)[3];
                    state.countOnceMore(post, doubles.afterReading());
                }
            }
        }
    }

    private @Nullable Misbehaviour misbehaviourFor(HttpExchange exchange) {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        for (Rule rule : rules) {
            if (rule.request().matcher(request).matches() && rule.seen().incrementAndGet() % rule.every() == 0) {
                return rule.misbehaviour();
            }
        }
        return null;
    }

    private Reply reply(HttpExchange exchange, String body, boolean effect) {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String method = exchange.getRequestMethod();
        if (path[1].equals("dev")) {
            return new Reply(
                    200,
                    "{\"token\":\"user-" + JSON.readTree(body).get("userId").asString() + "\"}");
        }
        if (path[2].equals("writes")) {
            return new Reply(200, "{\"status\":\"applied\"}");
        }
        if (path[2].equals("metrics")) {
            return new Reply(
                    200,
                    metrics(exchange.getRequestURI()
                            .getQuery()
                            .substring("ids=".length())
                            .split(",", -1)));
        }
        String user = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer user-".length());
        if (path.length == 3) {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            FakePost post =
                    state.create(user, JSON.readTree(body).get("content").asString(), key);
            return new Reply(201, JSON.createObjectNode().put("id", post.id).toString());
        }
        FakePost post = state.post(path[3]);
        if (post == null) {
            return new Reply(404, "{}");
        }
        synchronized (post) {
            return path.length == 4 ? new Reply(200, json(post)) : about(post, method, path[4], user, body, effect);
        }
    }

    private static Reply about(FakePost post, String method, String what, String user, String body, boolean effect) {
        return switch (method + " " + what) {
            case "GET like" -> new Reply(200, "{\"liked\":" + post.likers.contains(user) + "}");
            case "PUT like" -> {
                if (effect) {
                    post.likers.add(user);
                }
                yield new Reply(202, "{\"receipt\":\"r+1/2\",\"status\":\"accepted\"}");
            }
            case "DELETE like" -> {
                if (effect) {
                    post.likers.remove(user);
                }
                yield new Reply(202, "{\"receipt\":\"r+1/2\",\"status\":\"accepted\"}");
            }
            case "POST comments" -> {
                if (effect) {
                    post.comments.add(body);
                }
                yield new Reply(201, "{\"id\":\"1\"}");
            }
            case "POST views" -> new Reply(202, "");
            case "GET metrics" -> new Reply(200, metricsOf(post).toString());
            default -> new Reply(405, "{}");
        };
    }

    private String metrics(String[] ids) {
        ArrayNode items = JSON.createArrayNode();
        for (String id : ids) {
            FakePost post = state.post(id);
            if (post != null) {
                synchronized (post) {
                    items.add(metricsOf(post));
                    post.phantomLikes += post.phantomsToCome;
                    post.phantomsToCome = 0;
                }
            }
        }
        return JSON.createObjectNode().set("items", items).toString();
    }

    private static ObjectNode metricsOf(FakePost post) {
        ObjectNode node = JSON.createObjectNode().put("postId", post.id);
        node.putObject("likes").put("value", post.likers.size() + post.phantomLikes);
        node.putObject("comments").put("value", post.comments.size());
        return node;
    }

    private static String json(FakePost post) {
        return JSON.createObjectNode()
                .put("id", post.id)
                .put("userId", post.author)
                .put("content", post.content)
                .toString();
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes away in the middle of everything. */
    public void vanish() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        vanish();
    }
}
