package spillway.batcher.log;

import java.time.Duration;
import java.util.function.Consumer;

/** How a consumer waits: after failures twice as long from one to the next, until something succeeds. */
final class Pauses {

    private final Duration shortest;
    private final Duration longest;
    private final Consumer<Duration> sleep;
    private Duration next;

    Pauses(Duration shortest, Duration longest, Consumer<Duration> sleep) {
        this.shortest = shortest;
        this.longest = longest;
        this.sleep = sleep;
        this.next = shortest;
    }

    void succeeded() {
        next = shortest;
    }

    /** Waits for likes to gather; less than a millisecond is not worth the trouble. */
    void linger(Duration pause) {
        if (pause.toMillis() > 0) {
            sleep.accept(pause);
        }
    }

    void failed() {
        sleep.accept(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
