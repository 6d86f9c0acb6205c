package spillway.lab.limits.probe;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Threads that repeat a step each, until they are dismissed. */
final class Crew implements AutoCloseable {

    private final Tally tally = new Tally();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean dismissed;

    /** What a thread repeats; closed by that thread after the last time. */
    @FunctionalInterface
    interface Step extends AutoCloseable {

        /** Does some work and adds it to the tally, now or when its answer comes. */
        void once(Tally tally) throws Exception;

        @Override
        default void close() throws IOException, SQLException {}
    }

    /** Makes the step of the thread with this number. */
    @FunctionalInterface
    interface Opening {
        Step open(int thread) throws Exception;
    }

    private Crew() {}

    /** Each thread begins as soon as its step is opened; when one cannot be opened, all are dismissed again. */
    static Crew of(int threads, Opening opening) throws Exception {
        Crew crew = new Crew();
        try {
            for (int thread = 0; thread < threads; thread++) {
                crew.employ(opening.open(thread));
            }
            return crew;
        } catch (Exception e) {
            crew.close();
            throw e;
        }
    }

    private void employ(Step step) {
        threads.add(Thread.ofPlatform().name("probe").start(() -> repeat(step)));
    }

    private void repeat(Step step) {
        try (step) {
            try {
                while (!dismissed) {
                    step.once(tally);
                }
            } finally {
                Thread.interrupted(); // meant for the work, not for closing
            }
        } catch (Exception e) { // the thread's boundary: whatever it is, the probe failed
            if (!dismissed) {
                tally.fail(e);
            }
        }
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        dismissed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
