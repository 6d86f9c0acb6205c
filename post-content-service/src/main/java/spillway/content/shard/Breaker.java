package spillway.content.shard;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers away from a database that does not answer, so that they fail at once instead of each holding a thread until
 * its own timeout. Thread-safe.
 *
 * <pre>
 * CLOSED     everybody passes
 *   a caller finds it unreachable                                -> OPEN
 *   callers find it hung, `failures` times with none served since -> OPEN
 * OPEN       nobody passes; after `pause` one caller does, as a probe -> PROBING
 * PROBING    nobody else passes; after `pause` without a word of the probe the next caller does, in its place
 *   the probe is served, however slowly                          -> CLOSED
 *   the probe ends in any other way                              -> OPEN
 * </pre>
 *
 * What callers say who passed before it opened is late news and changes nothing: the probe tells how it is now.
 */
final class Breaker {

    /** What a caller that had passed found. */
    enum Finding {
        /** The database did what was asked, in good time. */
        SERVED,
        /** It did, and took long: it is there, but nobody can tell for whom else. */
        SLOW,
        /** It said nothing for a long time, and the caller has given up. */
        HUNG,
        /** No connection can be made. */
        UNREACHABLE,
        /** The connection ended, or the caller did not want it any more: that says nothing of the database. */
        NOTHING
    }

    /** What a finding changed for all callers. */
    enum Change {
        NONE,
        OPENED,
        CLOSED
    }

    private enum State {
        CLOSED,
        OPEN,
        PROBING
    }

    private final InstantSource clock;
    private final int failures;
    private final long pauseMillis;

    private State state = State.CLOSED;
    private int hung;
    /** When the state was entered. */
    private long since;

    private @Nullable Pass probe;

    /**
     * A closed one.
     *
     * @param failures callers in a row that find it hung, at least one
     * @param pause from opening to the first probe, and between probes
     */
    Breaker(InstantSource clock, int failures, Duration pause) {
        this.clock = clock;
        this.failures = failures;
        this.pauseMillis = pause.toMillis();
    }

    /** A pass that must be {@link #found ended} once; null when the caller is to stay away. */
    synchronized @Nullable Pass enter() {
        if (state == State.CLOSED) {
            return new Pass();
        }
        if (clock.millis() - since < pauseMillis) {
            return null;
        }
        become(State.PROBING);
        probe = new Pass();
        return probe;
    }

    /** Ends a pass. */
    synchronized Change found(Pass pass, Finding finding) {
        return switch (state) {
            case CLOSED -> foundWhileClosed(finding);
            case OPEN -> Change.NONE;
            case PROBING -> pass == probe ? foundByProbe(finding) : Change.NONE;
        };
    }

    synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    private Change foundWhileClosed(Finding finding) {
        switch (finding) {
            case SERVED -> hung = 0;
            case HUNG -> hung++;
            case UNREACHABLE -> hung = failures;
            case SLOW, NOTHING -> {}
        }
        if (hung < failures) {
            return Change.NONE;
        }
        become(State.OPEN);
        return Change.OPENED;
    }

    private Change foundByProbe(Finding finding) {
        boolean there = switch (finding) {
            case SERVED, SLOW -> true;
            case HUNG, UNREACHABLE, NOTHING -> false;
        };
        become(there ? State.CLOSED : State.OPEN);
        return there ? Change.CLOSED : Change.NONE;
    }

    private void become(State next) {
        state = next;
        since = clock.millis();
        hung = 0;
        probe = null;
    }

    /** The permission of one caller to try. */
    static final class Pass {

        private Pass() {}
    }
}
