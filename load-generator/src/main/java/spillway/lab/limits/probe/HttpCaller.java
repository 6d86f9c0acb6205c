package spillway.lab.limits.probe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client with one event loop, as the load generator has two. */
final class HttpCaller implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;

    private final Stack stack;
    private final Vertx vertx;
    private final HttpClientAgent client;
    private volatile boolean over;

    HttpCaller(Stack stack, int connections) {
        this.stack = stack;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(connections));
    }

    /** A development token of the gateway's. */
    String token(long user) throws InterruptedException, ExecutionException {
        RequestOptions request =
                to(Part.GATEWAY, HttpMethod.POST, "/dev/token").putHeader("Content-Type", "application/json");
        Buffer answer = answer(request, "{\"userId\":\"" + user + "\"}");
        return JSON.readTree(answer.getBytes()).path("token").asString();
    }

    /** Reads the path once. */
    void read(Part door, String path, @Nullable String token) throws InterruptedException, ExecutionException {
        answer(get(door, path, token), "");
    }

    /** Reads the path, and again whenever it is answered, until this is closed. */
    void repeat(Part door, String path, @Nullable String token, Tally tally) {
        repeat(get(door, path, token), tally);
    }

    private Buffer answer(RequestOptions request, String body) throws InterruptedException, ExecutionException {
        return call(request, Buffer.buffer(body))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private RequestOptions get(Part door, String path, @Nullable String token) {
        RequestOptions request = to(door, HttpMethod.GET, path);
        return token == null ? request : request.putHeader("Authorization", "Bearer " + token);
    }

    private void repeat(RequestOptions request, Tally tally) {
        var unused = call(request, Buffer.buffer()).onComplete(answered -> {
            if (over) {
                return;
            }
            if (answered.failed()) {
                tally.fail(answered.cause());
                return;
            }
            tally.add(1);
            repeat(request, tally);
        });
    }

    private RequestOptions to(Part door, HttpMethod method, String path) {
        return new RequestOptions()
                .setHost(stack.host())
                .setPort(stack.port(door))
                .setMethod(method)
                .setURI(path);
    }

    private Future<Buffer> call(RequestOptions options, Buffer body) {
        return client.request(options).compose(request -> exchange(request, body));
    }

    /**
     * On the event loop, where nothing of the answer can come before its body is asked for: chained from another thread, that
     * may be too late, and the body lost.
     */
    private static Future<Buffer> exchange(HttpClientRequest request, Buffer body) {
        return request.send(body)
                .compose(response -> response.statusCode() == OK
                        ? response.body()
                        : Future.failedFuture(request.getURI() + " was answered with " + response.statusCode()));
    }

    @Override
    public void close() {
        over = true;
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
