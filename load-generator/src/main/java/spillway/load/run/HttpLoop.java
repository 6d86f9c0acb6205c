package spillway.load.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import spillway.load.shed.Told;

/**
 * One event loop and a bounded number of kept connections, each carrying one request at a time. A future fails with
 * {@link NeverSent} only when the request cannot have had an effect. Thread-safe; all answers arrive on the event loop.
 */
final class HttpLoop implements AutoCloseable {

    private static final String CLOSE = "close";
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    /** A loop that hangs shows as lag; it needs no second alarm in the middle of the report. */
    private static final Duration UNCHECKED = Duration.ofDays(1);

    private final Target target;
    private final Vertx vertx;
    private final Context loop;
    private final Connections connections;
    private final Told told;
    private volatile boolean closed;

    /**
     * @param connections at most
     * @param timeout longest wait for a connection
     * @param told notes what the callers were told
     */
    HttpLoop(Target target, int connections, Duration timeout, Told told) {
        this.target = target;
        this.told = told;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(UNCHECKED.toMillis())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.loop = vertx.getOrCreateContext();
        SocketAddress address =
                SocketAddress.inetSocketAddress(target.port(), target.address().getHostAddress());
        this.connections = new Connections(
                vertx.createHttpClient(new HttpClientOptions().setSsl(target.tls())),
                new HttpConnectOptions()
                        .setServer(address)
                        .setHost(target.host())
                        .setPort(target.port())
                        .setSsl(target.tls())
                        .setConnectTimeout(timeout.toMillis()),
                Clock.SYSTEM,
                connections);
    }

    /** @param patience longest wait for the answer */
    Future<Answer> send(Call call, Duration patience) {
        if (loop.equals(Vertx.currentContext())) {
            return begin(call, patience);
        }
        Promise<Answer> promise = Promise.promise();
        soon(() -> begin(call, patience).onComplete(promise));
        return promise.future();
    }

    /** Opens so many connections, at most all; completes when each is open or has failed. */
    Future<?> open(int wanted) {
        Promise<Object> done = Promise.promise();
        soon(() -> connections.open(wanted).onComplete(opened -> done.complete()));
        return done.future();
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

    @Override
    public void close() {
        closed = true;
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Future<Answer> begin(Call call, Duration patience) {
        return connections
                .take()
                .recover(noConnection -> Future.failedFuture(new NeverSent(noConnection)))
                .compose(connection -> exchange(connection, call, patience)
                        .onSuccess(answer -> {
                            connections.giveBack(connection);
                            note(call, answer);
                        })
                        .onFailure(broken -> {
                            connections.drop(connection);
                            note(call, null);
                        }));
    }

    /** @param answer null when none came to what was sent */
    private void note(Call call, @Nullable Answer answer) {
        if (call.trafficClass() == null) {
            return;
        }
        if (answer == null) {
            told.unheard(call.trafficClass());
        } else if (answer.isShedByGateway()) {
            told.shed(call.trafficClass());
        }
    }

    private RequestOptions options(Call call) {
        RequestOptions options = new RequestOptions()
                .setHost(target.host())
                .setPort(target.port())
                .setMethod(call.method())
                .setURI(target.path() + call.path());
        if (call.authorization() != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, call.authorization());
        }
        if (call.idempotencyKey() != null) {
            options.putHeader("Idempotency-Key", call.idempotencyKey());
        }
        if (call.body() != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        }
        return options;
    }

    private Future<Answer> exchange(HttpClientConnection connection, Call call, Duration patience) {
        return connection.request(options(call)).compose(request -> exchange(connection, request, call, patience));
    }

    private Future<Answer> exchange(
            HttpClientConnection connection, HttpClientRequest request, Call call, Duration patience) {
        request.idleTimeout(patience.toMillis());
        String body = call.body();
        return (body == null ? request.send() : request.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(whole -> {
                    if (CLOSE.equalsIgnoreCase(response.getHeader(HttpHeaders.CONNECTION))) {
                        connections.drop(connection);
                    }
                    return Answer.of(response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER), whole);
                }));
    }
}
