package spillway.lab.reshard;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks how it stands, again and again, and shows it. */
final class Watching {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final ReshardDoor door;
    private final LiveView view;
    private final Duration every;

    /** @param every from one question to the next */
    Watching(ReshardDoor door, LiveView view, Duration every) {
        this.door = door;
        this.view = view;
        this.every = every;
    }

    /**
     * The first status that is enough.
     *
     * @throws IOException when the service does not answer for a minute
     */
    Status until(Status first, Predicate<Status> enough) throws IOException, Refused {
        Status status = first;
        long answered = System.nanoTime();
        view.show(status);
        while (!enough.test(status)) {
            LockSupport.parkNanos(every.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted");
            }
            try {
                status = door.status(first.id());
                answered = System.nanoTime();
                view.show(status);
            } catch (IOException e) {
                if (System.nanoTime() - answered > LONGEST_SILENCE.toNanos()) {
                    throw e;
                }
                view.missed(String.valueOf(e.getMessage()));
            }
        }
        return status;
    }
}
