package spillway.content.shard;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether one transaction may still be given up. Thread-safe: who does the work and who waits for it ask on threads of their
 * own, and one of them is first.
 *
 * <pre>
 * OPEN        nothing is committed
 *   the work is done, its commit begins  -> COMMITTING
 *   nobody waits for it any more         -> GIVEN_UP
 * COMMITTING  what comes of it is not known before it has ended
 * GIVEN_UP    it must not be committed, and has no effect
 * </pre>
 */
final class Commitment {

    private enum State {
        OPEN,
        COMMITTING,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /**
     * The point of no return.
     *
     * @throws GivenUp when nobody waits for it any more
     */
    void begin() {
        if (!state.compareAndSet(State.OPEN, State.COMMITTING)) {
            throw new GivenUp(state.get().name());
        }
    }

    /** Called before what costs something. */
    void check() {
        if (state.get() == State.GIVEN_UP) {
            throw new GivenUp(State.GIVEN_UP.name());
        }
    }

    /** Whether the transaction has no effect, now and later; false when its commit has begun. */
    boolean giveUp() {
        return state.compareAndSet(State.OPEN, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
    }

    boolean hasBegun() {
        return state.get() == State.COMMITTING;
    }

    /** Ends a transaction with a rollback; nobody is left to hear of it. */
    static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private GivenUp(String state) {
            super("a commit cannot begin in state " + state, null, false, false);
        }
    }
}
