package spillway.chaos.overload;

import java.util.OptionalDouble;
import spillway.load.oracle.Outcome;

/**
 * Requests of a stretch of time.
 *
 * @param offered those that fell due and, but for {@code heldBack}, were sent
 * @param heldBack those that the generator could not send, since too many were under way
 * @param other failed, unknown or rejected
 * @param slowest milliseconds from when it was due of the slowest that was accepted; 0 for none
 */
record Flow(long offered, long heldBack, long accepted, long shed, long other, double slowest) {

    static final Flow NONE = new Flow(0, 0, 0, 0, 0, 0);
    static final Flow SENT = new Flow(1, 0, 0, 0, 0, 0);
    static final Flow HELD_BACK = new Flow(1, 1, 0, 0, 0, 0);
    private static final Flow SHED = new Flow(0, 0, 0, 1, 0, 0);
    private static final Flow OTHER = new Flow(0, 0, 0, 0, 1, 0);

    /** @param nanos since it was due */
    static Flow of(Outcome outcome, long nanos) {
        return switch (outcome) {
            case ACCEPTED -> new Flow(0, 0, 1, 0, 0, nanos / 1e6);
            case SHED -> SHED;
            case REJECTED, FAILED, UNKNOWN -> OTHER;
        };
    }

    Flow plus(Flow more) {
        return new Flow(
                offered + more.offered,
                heldBack + more.heldBack,
                accepted + more.accepted,
                shed + more.shed,
                other + more.other,
                Math.max(slowest, more.slowest));
    }

    /** Accepted of offered; 0 when nothing was offered. */
    double share() {
        return offered == 0 ? 0 : (double) accepted / offered;
    }

    /** How much of the share that was accepted before still is; empty where there is nothing to compare. */
    OptionalDouble kept(Flow before) {
        return offered == 0 || before.accepted == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(share() / before.share());
    }
}
