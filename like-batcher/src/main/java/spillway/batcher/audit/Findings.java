package spillway.batcher.audit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import spillway.platform.counters.CounterFamily;

/**
 * What the audit knows to be wrong. In the health it shows as a status of its own, which takes nobody out of traffic: a count
 * that is off by some is still better served than not. Thread-safe.
 */
final class Findings implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private static final Status DRIFT = new Status("DRIFT", "counts differ from the sets that they count");

    /** More are wrong for one reason; they are not told apart. */
    private static final int MOST = 10_000;

    private static final int MOST_LOGGED = 100;
    private static final int MOST_SHOWN = 10;

    /** A post's sub-key in one partition. */
    record Place(CounterFamily family, int partition, long post) {}

    /** What is there, and what should be the same. */
    record Difference(String count, String size) {}

    private final ConcurrentMap<Place, Difference> known = new ConcurrentHashMap<>();
    private volatile String evictionPolicy = "";
    private volatile boolean evicting;
    private int logged;

    /** @return whether this was not known before */
    boolean differs(Place place, Difference difference) {
        boolean isNew = known.size() < MOST && known.putIfAbsent(place, difference) == null;
        if (isNew && logged++ < MOST_LOGGED) {
            LOG.error(
                    "Drift: {} of post {} in partition {} are counted {}, but {} members are known."
                            + " Nothing was changed; rebuild-counters counts again from the log",
                    place.family().id(),
                    place.post(),
                    place.partition(),
                    difference.count(),
                    difference.size());
        }
        return isNew;
    }

    void agrees(Place place) {
        known.remove(place);
    }

    List<Place> places() {
        return List.copyOf(known.keySet());
    }

    /** Others are to be looked at: what was known is of keys that nobody reads any more. */
    void forget() {
        known.clear();
        logged = 0;
    }

    int size() {
        return known.size();
    }

    /** Notes what Redis does when its memory is full; anything but refusing writes loses counts without a trace. */
    void evictionPolicy(String policy) {
        boolean evicts = !policy.equals("noeviction");
        if (evicts && !policy.equals(evictionPolicy)) {
            LOG.error("Redis may throw counts away: maxmemory-policy is {}, not noeviction", policy);
        }
        evictionPolicy = policy;
        evicting = evicts;
    }

    boolean evicting() {
        return evicting;
    }

    @Override
    public Health health() {
        if (known.isEmpty() && !evicting) {
            return Health.up().build();
        }
        Health.Builder health = Health.status(DRIFT).withDetail("posts", known.size());
        if (evicting) {
            health.withDetail("maxmemory-policy", evictionPolicy);
        }
        known.entrySet().stream()
                .limit(MOST_SHOWN)
                .forEach(entry -> health.withDetail(
                        entry.getKey().toString(),
                        Map.of(
                                "count", entry.getValue().count(),
                                "members", entry.getValue().size())));
        return health.build();
    }
}
