package spillway.load.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import spillway.load.oracle.Outcome;

/**
 * The HTTP client: one event loop and a bounded pool of kept connections, each carrying one request at a time. A future
 * fails with {@link NeverSent} only when the request cannot have had an effect. Thread-safe; all answers arrive on the
 * event loop.
 */
final class Api implements AutoCloseable {

    /** Shorter than servers keep idle connections, so that none is reused while they close it. */
    private static final int KEEP_ALIVE_SECONDS = 15;

    /** A loop that hangs shows as lag; it needs no second alarm in the middle of the report. */
    private static final Duration UNCHECKED = Duration.ofDays(1);

    private final Target target;
    private final Duration timeout;
    private final Vertx vertx;
    private final Context loop;
    private final HttpClientAgent client;
    private final SocketAddress address;
    private volatile boolean closed;

    Api(Target target, int connections, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(UNCHECKED.toMillis())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setSsl(target.tls()).setKeepAliveTimeout(KEEP_ALIVE_SECONDS))
                .with(new PoolOptions().setHttp1MaxSize(connections))
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
        this.address =
                SocketAddress.inetSocketAddress(target.port(), target.address().getHostAddress());
    }

    Future<Answer> send(Call call) {
        return client.request(options(call))
                .recover(noConnection -> Future.failedFuture(new NeverSent(noConnection)))
                .compose(request -> exchange(request, call));
    }

    /** Runs the task on the event loop, as soon as it is free. */
    void soon(Runnable task) {
        loop.runOnContext(ignored -> task.run());
    }

    /** Runs the task on the event loop, later, unless all is over by then. */
    void later(Duration delay, Runnable task) {
        vertx.setTimer(Math.max(1, delay.toMillis()), id -> {
            if (!closed) {
                task.run();
            }
        });
    }

    static Outcome outcomeOf(Throwable failure) {
        return failure instanceof NeverSent ? Outcome.FAILED : Outcome.UNKNOWN;
    }

    @Override
    public void close() {
        closed = true;
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private RequestOptions options(Call call) {
        RequestOptions options = new RequestOptions()
                .setServer(address)
                .setHost(target.host())
                .setPort(target.port())
                .setConnectTimeout(timeout.toMillis())
                .setMethod(call.method())
                .setURI(target.path() + call.path());
        if (call.token() != null) {
            options.putHeader("Authorization", "Bearer " + call.token());
        }
        if (call.idempotencyKey() != null) {
            options.putHeader("Idempotency-Key", call.idempotencyKey());
        }
        if (call.body() != null) {
            options.putHeader("Content-Type", "application/json");
        }
        return options;
    }

    private Future<Answer> exchange(HttpClientRequest request, Call call) {
        request.idleTimeout(timeout.toMillis());
        String body = call.body();
        return (body == null ? request.send() : request.send(Buffer.buffer(body)))
                .compose(response -> response.body()
                        .map(whole -> new Answer(response.statusCode(), response.getHeader("Retry-After"), whole)));
    }
}
