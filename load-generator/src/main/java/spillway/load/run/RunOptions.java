package spillway.load.run;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is run.
 *
 * @param seed decides which posts and votes are sampled when reading back
 * @param runId part of every idempotency key; two runs must not share one
 * @param maxInFlight requests under way at once, which is also the number of connections: so many likes, views and reads,
 *     and so many posts and comments; beyond it operations are held back and reported
 * @param timeout longest wait of those who post, like and read for an answer; then the outcome is unknown
 * @param drainPatience longest wait for the counts to arrive after the last answer
 * @param settle how long right counts must stay right: what was counted twice may arrive after what was counted once
 * @param giveUp how long a target may refuse every connection before the run ends early
 * @param counterMeters where a like-batcher shows its meters; null when nobody looks at them
 * @param shedLedgers where the gateways show what they shed; empty when nobody looks
 * @param naiveRetries how often what was refused, failed or not answered is sent again at once, as clients should not
 */
public record RunOptions(
        Target target,
        long seed,
        String runId,
        int maxInFlight,
        Duration timeout,
        Duration drainPatience,
        Duration settle,
        Duration giveUp,
        @Nullable URI counterMeters,
        List<URI> shedLedgers,
        int naiveRetries) {

    private static final Duration GIVE_UP = Duration.ofSeconds(10);

    public RunOptions {
        shedLedgers = List.copyOf(shedLedgers);
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("at least one request must be allowed: " + maxInFlight);
        }
        if (naiveRetries < 0) {
            throw new IllegalArgumentException("retries cannot be fewer than none: " + naiveRetries);
        }
    }

    /** Gives up after ten seconds, looks at no meters or ledgers, and does not send again what was refused. */
    public RunOptions(
            Target target,
            long seed,
            String runId,
            int maxInFlight,
            Duration timeout,
            Duration drainPatience,
            Duration settle) {
        this(target, seed, runId, maxInFlight, timeout, drainPatience, settle, GIVE_UP, null, List.of(), 0);
    }
}
