package spillway.gateway.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the server's event loops let a task wait: what every request waits for too, before anybody looks at it. It is known at
 * once, also when nothing is answered yet, and needs no store. Thread-safe; asked by one thread.
 *
 * <p>Each loop is given a task that does nothing, one at a time. The mean over the loops is what a request waits for, whichever
 * it comes to; one loop that is held up alone is not helped by refusing likes.
 */
final class LoopDelay {

    private final LongSupplier nanos;
    private final Map<Executor, Probe> probes = new ConcurrentHashMap<>();

    /** @param nanos as {@link System#nanoTime} */
    LoopDelay(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Asks this loop from now on; more than once is once. */
    void watch(Executor loop) {
        probes.computeIfAbsent(loop, Probe::new);
    }

    /** In milliseconds: of the tasks given at the last call, each as far as it got by now; 0 without loops. */
    double takeMillis() {
        return probes.values().stream().mapToDouble(Probe::takeMillis).average().orElse(0);
    }

    /** The task of one loop. What it found is written before it counts as done, and read after. */
    private final class Probe implements Runnable {

        private final Executor loop;
        private long asked;
        private long waited;
        private volatile boolean waiting;

        Probe(Executor loop) {
            this.loop = loop;
        }

        double takeMillis() {
            long now = nanos.getAsLong();
            boolean still = waiting;
            long delay = still ? now - asked : waited;
            if (!still) {
                asked = now;
                waiting = true;
                give();
            }
            return delay / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }

        private void give() {
            try {
                loop.execute(this);
            } catch (RejectedExecutionException atItsEnd) {
                waited = 0;
                waiting = false;
            }
        }

        @Override
        public void run() {
            waited = nanos.getAsLong() - asked;
            waiting = false;
        }
    }
}
