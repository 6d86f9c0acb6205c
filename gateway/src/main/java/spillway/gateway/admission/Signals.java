package spillway.gateway.admission;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A service's answer to {@code GET /pressure}; null is unknown.
 *
 * @param producerBuffer fill of the log's buffer, 0 to 1
 * @param oldestLikeMillis age of the oldest accepted like that is not counted
 * @param backlog accepted likes that are not counted
 * @param drainPerSecond likes counted per second while there was a backlog
 * @param storeMillis time that the store takes
 * @param shardsAway share of the shards, 0 to 1
 * @param waiting share of the places to wait in, 0 to 1
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Signals(
        @Nullable Double producerBuffer,
        @Nullable Double oldestLikeMillis,
        @Nullable Double backlog,
        @Nullable Double drainPerSecond,
        @Nullable Double storeMillis,
        @Nullable Double shardsAway,
        @Nullable Double waiting) {

    static final Signals UNKNOWN = new Signals(null, null, null, null, null, null, null);

    /** What waits to be done, over its goal; nothing known is no pressure. */
    double backlogOver(AdmissionRules.Goals goals) {
        return Math.max(over(producerBuffer, goals.producerBuffer()), over(oldestLikeMillis, (double)
                goals.oldestLike().toMillis()));
    }

    double storeOver(AdmissionRules.Goals goals) {
        return over(storeMillis, (double) goals.store().toMillis());
    }

    /** The worse of the two in each; what only one of them knows counts. */
    Signals worse(Signals other) {
        return new Signals(
                larger(producerBuffer, other.producerBuffer),
                larger(oldestLikeMillis, other.oldestLikeMillis),
                larger(backlog, other.backlog),
                smaller(drainPerSecond, other.drainPerSecond),
                larger(storeMillis, other.storeMillis),
                larger(shardsAway, other.shardsAway),
                larger(waiting, other.waiting));
    }

    private static @Nullable Double larger(@Nullable Double one, @Nullable Double other) {
        return one == null || (other != null && other > one) ? other : one;
    }

    private static @Nullable Double smaller(@Nullable Double one, @Nullable Double other) {
        return one == null || (other != null && other < one) ? other : one;
    }

    private static double over(@Nullable Double signal, double goal) {
        return signal == null || signal.isNaN() ? 0 : signal / goal;
    }
}
