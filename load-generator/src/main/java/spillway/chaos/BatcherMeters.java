package spillway.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the batchers say of their flushes, summed over all their lives: a process that was killed begins again at nothing,
 * and what it did after the last look is lost. Thread-safe.
 */
final class BatcherMeters implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Pattern LINE = Pattern.compile(
            "spillway_batcher_(flushes|flushes_fenced|flushes_failed|records)_total\\{[^}]*family=\"likes\"[^}]*} (\\S+)");

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
        double before = sum("flushes");
        for (String batcher : List.of("batcher", "batcher-twin")) {
            lookAt(batcher);
        }
        long now = System.nanoTime();
        if (sum("flushes") > before) {
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
        Double value = read(batcher).get("flushes_fenced");
        return value == null ? -1 : value.longValue();
    }

    synchronized long flushes() {
        return (long) sum("flushes");
    }

    synchronized long fenced() {
        return (long) sum("flushes_fenced");
    }

    synchronized long failed() {
        return (long) sum("flushes_failed");
    }

    synchronized long records() {
        return (long) sum("records");
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
        Map<String, Double> values = new HashMap<>();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(site.url(batcher) + "/actuator/prometheus"))
                    .timeout(TIMEOUT)
                    .build();
            Matcher line = LINE.matcher(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            while (line.find()) {
                values.put(line.group(1), Double.parseDouble(line.group(2)));
            }
        } catch (IOException | IllegalStateException dead) {
            // It has nothing to say now.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return values;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        http.shutdownNow();
    }
}
