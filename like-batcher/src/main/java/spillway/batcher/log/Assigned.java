package spillway.batcher.log;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import spillway.platform.counters.CounterFamily;

/** The partitions that this process counts. Thread-safe. */
public final class Assigned {

    private final Map<CounterFamily, Set<Integer>> partitions = new ConcurrentHashMap<>();

    void add(CounterFamily family, int partition) {
        of(family).add(partition);
    }

    void remove(CounterFamily family, int partition) {
        of(family).remove(partition);
    }

    public boolean has(CounterFamily family, int partition) {
        return of(family).contains(partition);
    }

    /** A copy, in order. */
    public List<Integer> partitions(CounterFamily family) {
        return of(family).stream().sorted().toList();
    }

    private Set<Integer> of(CounterFamily family) {
        return partitions.computeIfAbsent(family, absent -> ConcurrentHashMap.newKeySet());
    }
}
