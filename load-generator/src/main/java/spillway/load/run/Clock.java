package spillway.load.run;

import java.util.concurrent.locks.LockSupport;

/** Time as the pacer needs it. */
interface Clock {

    /** Nanoseconds from some origin, never going back. */
    long nanoTime();

    /** Returns once {@link #nanoTime()} has reached the given instant. */
    void awaitNanos(long instant);

    /** The machine's clock. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void awaitNanos(long instant) {
            for (long left = instant - nanoTime(); left > 0; left = instant - nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    };
}
