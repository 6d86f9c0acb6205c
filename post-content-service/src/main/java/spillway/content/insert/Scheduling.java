package spillway.content.insert;

import java.time.Duration;

/** Time and threads, as batches need them. */
interface Scheduling {

    /** As {@link System#nanoTime}. */
    long nanos();

    /** Runs a task that may block. */
    void start(Runnable task);

    /** Runs a task that does not block. */
    void in(Duration delay, Runnable task);
}
