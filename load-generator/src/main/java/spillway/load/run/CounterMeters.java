package spillway.load.run;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import spillway.load.run.RunResult.Collapse;

/**
 * Asks a like-batcher's meters once a second, on a thread of its own, how many likes it has applied and how many counts it
 * has written for them. A second in which it does not answer leaves a gap: the next point then covers both.
 */
final class CounterMeters implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final URI meters;
    private final Clock clock;
    private final long start;
    private final List<Collapse> points = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    /** @param meters in the text format of Prometheus, such as {@code http://127.0.0.1:8084/actuator/prometheus} */
    CounterMeters(URI meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.start = clock.nanoTime();
        this.thread = Thread.ofPlatform().daemon().name("counter-meters").start(this::run);
    }

    /** So far; a second without a like has no point. */
    synchronized List<Collapse> points() {
        return List.copyOf(points);
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            Map<String, Double> last = BatcherTotals.read(http, meters, PATIENCE);
            for (long due = start + PERIOD.toNanos(); !over.await(due - clock.nanoTime(), TimeUnit.NANOSECONDS); ) {
                Map<String, Double> now = BatcherTotals.read(http, meters, PATIENCE);
                if (!now.isEmpty()) {
                    if (!last.isEmpty()) {
                        take(last, now);
                    }
                    last = now;
                }
                due += PERIOD.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void take(Map<String, Double> before, Map<String, Double> now) {
        double likes = since(before, now, BatcherTotals.RECORDS);
        double writes = since(before, now, BatcherTotals.COUNTER_WRITES);
        // A batcher that was started anew counts from zero.
        if (writes > 0 && likes >= 0) {
            points.add(new Collapse((clock.nanoTime() - start) / 1e9, likes / writes));
        }
    }

    private static double since(Map<String, Double> before, Map<String, Double> now, String name) {
        return now.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
    }
}
