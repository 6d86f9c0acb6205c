package spillway.lab.shards;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import spillway.lab.shards.sample.Sample;
import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.KeyLoads;
import spillway.lab.shards.strategy.Kind;
import spillway.lab.shards.strategy.Strategy;

/**
 * All strategies on the same writes.
 *
 * @param title what the writes are
 * @param notes what of them was made up or is missing
 * @param writes how many
 * @param from shards at first
 * @param to shards after growing
 */
record Comparison(String title, List<String> notes, int writes, int from, int to, List<Candidate> candidates) {

    Comparison {
        notes = List.copyOf(notes);
        candidates = List.copyOf(candidates);
    }

    /** @param keys the candidates wanted, all known to the sample */
    static Comparison of(Sample sample, Collection<ShardKey> keys, int from, int to, RoutingCost cost) {
        List<Candidate> candidates = new ArrayList<>();
        for (ShardKey key : keys) {
            KeyLoads loads = sample.loads(key);
            long[] ordered = sample.keys(key);
            List<Outcome> outcomes = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                Strategy strategy = kind.over(loads, from);
                Strategy grown = strategy.grownTo(to);
                outcomes.add(new Outcome(
                        kind,
                        Outcome.load(strategy, loads),
                        Outcome.load(grown, loads),
                        sample.timed() ? Outcome.now(strategy, ordered) : OptionalDouble.empty(),
                        Movement.of(strategy, grown, loads),
                        Movement.of(strategy, strategy.grownTo(from + 1), loads),
                        Query.shareOnOneShard(key, kind),
                        cost.nanosPerKey(strategy, ordered),
                        strategy.stateBytes()));
            }
            candidates.add(new Candidate(key, loads.size(), loads.heaviest() / (double) loads.total(), outcomes));
        }
        return new Comparison(sample.title(), sample.notes(), sample.writes(), from, to, candidates);
    }

    Optional<Candidate> by(ShardKey key) {
        return candidates.stream().filter(candidate -> candidate.key() == key).findFirst();
    }
}
