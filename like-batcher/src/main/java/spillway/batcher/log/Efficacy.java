package spillway.batcher.log;

import java.util.Map;

/**
 * What batching has brought since the start, and what it has cost.
 *
 * @param windows flushes that arrived
 * @param wastedWindows of them, those that changed one count by one: written at once it would have cost no more
 * @param heats by how busy the posts were within a window: viral, warm, cold
 */
record Efficacy(long windows, long wastedWindows, Map<String, Share> heats) {

    Efficacy {
        heats = Map.copyOf(heats);
    }

    /**
     * @param operations likes and unlikes
     * @param countWrites writes of counts for them, at most
     * @param collapseRatio operations per write: near 1, batching saves nothing
     * @param delayMillis from acceptance to application, on average: what it costs
     */
    record Share(long operations, long countWrites, double collapseRatio, double delayMillis) {

        static Share of(long operations, long countWrites, long delaySum) {
            return new Share(
                    operations,
                    countWrites,
                    countWrites == 0 ? 0 : (double) operations / countWrites,
                    operations == 0 ? 0 : (double) delaySum / operations);
        }
    }
}
