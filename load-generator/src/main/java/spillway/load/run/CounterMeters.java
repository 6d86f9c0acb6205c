package spillway.load.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import spillway.load.run.RunResult.Collapse;

/**
 * Asks a like-batcher's meters once a second, on a thread of its own, how many likes it has applied and how many counts it
 * has written for them. A second in which it does not answer leaves a gap: the next point then covers both.
 */
final class CounterMeters implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Pattern LIKES = total("records");
    private static final Pattern WRITES = total("counter_writes");

    private final HttpRequest question;
    private final Clock clock;
    private final long start;
    private final List<Collapse> points = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    /** Both meters at one moment. */
    private record Totals(double likes, double writes) {}

    /** @param meters in the text format of Prometheus, such as {@code http://127.0.0.1:8084/actuator/prometheus} */
    CounterMeters(URI meters, Clock clock) {
        this.question = HttpRequest.newBuilder(meters).timeout(PATIENCE).build();
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
            Totals last = ask(http);
            for (long due = start + PERIOD.toNanos(); !over.await(due - clock.nanoTime(), TimeUnit.NANOSECONDS); ) {
                Totals now = ask(http);
                if (now != null) {
                    if (last != null) {
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

    private synchronized void take(Totals before, Totals now) {
        double writes = now.writes - before.writes;
        // A batcher that was started anew counts from zero.
        if (writes > 0 && now.likes >= before.likes) {
            points.add(new Collapse((clock.nanoTime() - start) / 1e9, (now.likes - before.likes) / writes));
        }
    }

    private @Nullable Totals ask(HttpClient http) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? totals(answer.body()) : null;
        } catch (IOException away) {
            return null;
        }
    }

    private static @Nullable Totals totals(String text) {
        Matcher likes = LIKES.matcher(text);
        Matcher writes = WRITES.matcher(text);
        return likes.find() && writes.find()
                ? new Totals(Double.parseDouble(likes.group(1)), Double.parseDouble(writes.group(1)))
                : null;
    }

    private static Pattern total(String name) {
        return Pattern.compile(
                "^spillway_batcher_" + name + "_total\\{[^}]*family=\"likes\"[^}]*} ([0-9.eE+]+)$", Pattern.MULTILINE);
    }
}
