package spillway.load.run;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import spillway.load.oracle.Outcome;
import spillway.load.shed.Told;

/**
 * The HTTP client: an {@linkplain HttpLoop event loop} with connections of its own for each {@link Lane}, so that nobody who
 * publishes waits for the answers of those who browse to be looked at. Thread-safe; all answers of a lane arrive on its event
 * loop.
 */
final class Api implements AutoCloseable {

    private final int mostInFlight;
    private final Duration timeout;
    private final Told told = new Told();
    private final Map<Lane, HttpLoop> loops = new EnumMap<>(Lane.class);

    /** @param mostInFlight on each lane, which is also the most connections that it has */
    Api(Target target, int mostInFlight, Duration timeout) {
        this.mostInFlight = mostInFlight;
        this.timeout = timeout;
        for (Lane lane : Lane.values()) {
            loops.put(lane, new HttpLoop(target, mostInFlight, timeout, told));
        }
    }

    Future<Answer> send(Call call) {
        return send(call, timeout);
    }

    /** With another longest wait for the answer. */
    Future<Answer> send(Call call, Duration patience) {
        return of(Lane.of(call.trafficClass())).send(call, patience);
    }

    /** By then a call has ended that waits so long for its answer: it may have to wait for a connection first. */
    Duration longest(Duration patience) {
        return timeout.plus(patience).plusSeconds(1);
    }

    /** Opens what each lane needs for a burst; returns when that is done. */
    void connect() {
        Future.join(loops.entrySet().stream()
                        .map(entry -> entry.getValue().open(entry.getKey().ready(mostInFlight)))
                        .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Runs the task on the lane's event loop, as soon as it is free. */
    void soon(Lane lane, Runnable task) {
        of(lane).soon(task);
    }

    /** Runs the task on the lane's event loop, later, unless all is over by then. */
    void later(Lane lane, Duration delay, Runnable task) {
        of(lane).later(delay, task);
    }

    /** What all callers were told so far. */
    Told told() {
        return told;
    }

    static Outcome outcomeOf(Throwable failure) {
        return failure instanceof NeverSent ? Outcome.FAILED : Outcome.UNKNOWN;
    }

    @Override
    public void close() {
        loops.values().forEach(HttpLoop::close);
    }

    private HttpLoop of(Lane lane) {
        return Objects.requireNonNull(loops.get(lane));
    }
}
