package spillway.batcher.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import spillway.platform.counters.CounterFamily;

/** Families that stopped because their log is not the one they were counted from. Thread-safe. */
final class Halts implements HealthIndicator {

    private final ConcurrentMap<CounterFamily, String> reasons = new ConcurrentHashMap<>();

    void halt(CounterFamily family, String reason) {
        reasons.putIfAbsent(family, reason);
    }

    boolean isHalted(CounterFamily family) {
        return reasons.containsKey(family);
    }

    @Override
    public Health health() {
        return reasons.isEmpty()
                ? Health.up().build()
                : Health.down().withDetails(Map.copyOf(named())).build();
    }

    private Map<String, String> named() {
        Map<String, String> named = new ConcurrentHashMap<>();
        reasons.forEach((family, reason) -> named.put(family.id(), reason));
        return named;
    }
}
