package spillway.lab.shards;

import java.util.List;
import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.Kind;

/**
 * A shard key, and what each strategy makes of it.
 *
 * @param keys how many different ones there are
 * @param hottest the part of the writes that the busiest key has, 0 to 1
 */
record Candidate(ShardKey key, int keys, double hottest, List<Outcome> outcomes) {

    Candidate {
        outcomes = List.copyOf(outcomes);
    }

    Outcome under(Kind strategy) {
        return outcomes.stream()
                .filter(outcome -> outcome.strategy() == strategy)
                .findFirst()
                .orElseThrow();
    }

    /** No strategy makes the fullest of so many shards less full against the mean: a key is on one shard. */
    double leastPeak(int shards) {
        return Math.max(1, hottest * shards);
    }
}
