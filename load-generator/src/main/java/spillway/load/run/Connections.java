package spillway.load.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of kept connections to one target, each carrying one request at a time. The one used last is the next
 * one used, so that a few are busy and the rest ages; finding it takes the same time however many there are, which a pool
 * that looks through all of them does not. Once {@linkplain #open many are open}, they are used in turn, so that none ages.
 * For the event loop only.
 */
final class Connections {

    /** Shorter than servers keep idle connections, so that none is reused while they close it. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final HttpClientAgent client;
    private final HttpConnectOptions target;
    private final Clock clock;
    private final int most;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private final ArrayDeque<Promise<HttpClientConnection>> waiting = new ArrayDeque<>();
    private final Set<HttpClientConnection> alive = new HashSet<>();
    private int open;
    private boolean inTurn;

    private record Idle(HttpClientConnection connection, long since) {}

    Connections(HttpClientAgent client, HttpConnectOptions target, Clock clock, int most) {
        this.client = client;
        this.target = target;
        this.clock = clock;
        this.most = most;
    }

    /** A connection for one request, as soon as there is one; it must be given back or dropped. */
    Future<HttpClientConnection> take() {
        HttpClientConnection kept = kept();
        if (kept != null) {
            return Future.succeededFuture(kept);
        }
        if (open < most) {
            return connect();
        }
        Promise<HttpClientConnection> promise = Promise.promise();
        waiting.addLast(promise);
        return promise.future();
    }

    /** The request ended well, and the connection may carry another one. */
    void giveBack(HttpClientConnection connection) {
        if (!alive.contains(connection)) {
            return;
        }
        Promise<HttpClientConnection> first = waiting.pollFirst();
        if (first != null) {
            first.complete(connection);
        } else {
            idle.addLast(new Idle(connection, clock.nanoTime()));
            dropAged();
        }
    }

    /** The request did not end well, or the server wants it closed. */
    void drop(HttpClientConnection connection) {
        alive.remove(connection);
        connection.close();
    }

    /** Opens so many, now, and completes when each is open or has failed; from now on they are used in turn. */
    Future<?> open(int wanted) {
        inTurn = true;
        List<Future<HttpClientConnection>> opening = new ArrayList<>();
        while (open < Math.min(wanted, most)) {
            opening.add(connect().onSuccess(this::giveBack));
        }
        return Future.join(opening).otherwiseEmpty();
    }

    private @Nullable HttpClientConnection kept() {
        for (Idle next = poll(); next != null; next = poll()) {
            if (!isAged(next)) {
                return next.connection();
            }
            drop(next.connection());
        }
        return null;
    }

    private @Nullable Idle poll() {
        return inTurn ? idle.pollFirst() : idle.pollLast();
    }

    private void dropAged() {
        Idle oldest = idle.peekFirst();
        if (oldest != null && isAged(oldest)) {
            idle.removeFirst();
            drop(oldest.connection());
        }
    }

    private boolean isAged(Idle kept) {
        return clock.nanoTime() - kept.since() > KEEP_ALIVE.toNanos();
    }

    private Future<HttpClientConnection> connect() {
        open++;
        return client.connect(target)
                .onSuccess(connection -> {
                    alive.add(connection);
                    connection.exceptionHandler(broken -> {});
                    connection.closeHandler(closed -> closed(connection));
                })
                .onFailure(refused -> ended());
    }

    private void closed(HttpClientConnection connection) {
        alive.remove(connection);
        idle.removeIf(kept -> kept.connection().equals(connection));
        ended();
    }

    /** One less: whoever waits longest may try to open another. */
    private void ended() {
        open--;
        Promise<HttpClientConnection> first = waiting.pollFirst();
        if (first != null) {
            connect().onComplete(first);
        }
    }
}
