package spillway.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import spillway.chaos.site.Site;
import spillway.load.run.BatcherTotals;

/**
 * What the batchers say of their flushes, summed over all their lives: a process that was killed begins again at nothing,
 * and what it did after the last look is lost. Thread-safe.
 */
final class BatcherMeters implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Site site;
    private final Map<String, Last> last = new HashMap<>();
    private final Map<String, Double> sums = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("meters").factory());
    private long lastFlushNanos = System.nanoTime();
    private long longestGapNanos;

    private record Last(long pid, Map<String, Double> values) {}

    BatcherMeters(Site site) {
        this.site = site;
    }

    /** Looks at both. */
    synchronized void look() {
        double before = sum(BatcherTotals.FLUSHES);
        for (String batcher : List.of("batcher", "batcher-twin")) {
            lookAt(batcher);
        }
        long now = System.nanoTime();
        if (sum(BatcherTotals.FLUSHES) > before) {
            longestGapNanos = Math.max(longestGapNanos, now - lastFlushNanos);
            lastFlushNanos = now;
        }
    }

    private void lookAt(String batcher) {
        Map<String, Double> values = read(batcher);
        if (values.isEmpty()) {
            return;
        }
        long pid = site.part(batcher).map(Site.Entry::pid).orElse(0L);
        Last before = last.put(batcher, new Last(pid, values));
        values.forEach((name, value) -> {
            double from =
                    before == null || before.pid() != pid ? 0 : before.values().getOrDefault(name, 0.0);
            sums.merge(name, Math.max(0, value - from), Double::sum);
        });
    }

    /** Flushes of this batcher, in its present life, that were fenced; -1 when it does not answer. */
    long fenced(String batcher) {
        Double value = read(batcher).get(BatcherTotals.FLUSHES_FENCED);
        return value == null ? -1 : value.longValue();
    }

    synchronized long flushes() {
        return (long) sum(BatcherTotals.FLUSHES);
    }

    synchronized long fenced() {
        return (long) sum(BatcherTotals.FLUSHES_FENCED);
    }

    synchronized long failed() {
        return (long) sum(BatcherTotals.FLUSHES_FAILED);
    }

    synchronized long records() {
        return (long) sum(BatcherTotals.RECORDS);
    }

    /** Longest time in which no flush was seen to succeed. */
    synchronized double longestGapSeconds() {
        return longestGapNanos / 1e9;
    }

    /** Looks again and again; gaps count from now on. */
    synchronized void start() {
        look();
        lastFlushNanos = System.nanoTime();
        longestGapNanos = 0;
        var unused =
                ticks.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private double sum(String name) {
        return sums.getOrDefault(name, 0.0);
    }

    private Map<String, Double> read(String batcher) {
        try {
            return BatcherTotals.read(http, URI.create(site.url(batcher) + BatcherTotals.PATH), TIMEOUT);
        } catch (IllegalStateException dead) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        http.shutdownNow();
    }
}
