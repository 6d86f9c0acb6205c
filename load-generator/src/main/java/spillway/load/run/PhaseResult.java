package spillway.load.run;

import spillway.load.plan.Phase;

/**
 * What became of one phase.
 *
 * @param planned operations that fell due in it
 * @param sent those that were sent, with repeated attempts
 * @param heldBack those that were not, because too many requests were under way
 */
public record PhaseResult(Phase phase, long planned, long sent, long accepted, long heldBack, Quantiles latency) {

    public double perSecond(long count) {
        return count * 1e9 / phase.length().toNanos();
    }
}
