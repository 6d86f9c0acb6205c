package spillway.load.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import spillway.load.oracle.Outcome;

/**
 * Follows some receipts from accepted to applied: how stale a count is that does not yet show a like. Every
 * {@value #EVERY}th is followed, few at a time, so that following is no load of its own. Thread-safe.
 */
final class Receipts {

    private static final int EVERY = 20;
    private static final int AT_ONCE = 32;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final Measurements measurements;
    private final Clock clock;
    private long offered;
    private int following;
    private long rejected;
    private long lost;

    Receipts(Api api, Measurements measurements, Clock clock) {
        this.api = api;
        this.measurements = measurements;
        this.clock = clock;
    }

    synchronized void follow(Answer accepted, CharSequence authorization, long acceptedNanos) {
        if (offered++ % EVERY != 0 || following >= AT_ONCE) {
            return;
        }
        String receipt = accepted.json().path("receipt").asString("");
        if (!receipt.isEmpty()) {
            following++;
            ask(
                    "/v1/writes/" + URLEncoder.encode(receipt, StandardCharsets.UTF_8) + "?wait=2s",
                    authorization,
                    acceptedNanos);
        }
    }

    synchronized boolean isFollowing() {
        return following > 0;
    }

    synchronized Staleness result() {
        return new Staleness(measurements.staleness().whole(), rejected, lost + following);
    }

    private void ask(String path, CharSequence authorization, long since) {
        api.send(Call.get(path, authorization)).onComplete(result -> {
            String status = result.succeeded() && result.result().outcome() == Outcome.ACCEPTED
                    ? result.result().json().path("status").asString("")
                    : "";
            answered(status, path, authorization, since);
        });
    }

    private synchronized void answered(String status, String path, CharSequence authorization, long since) {
        long age = clock.nanoTime() - since;
        if (status.equals("applied")) {
            following--;
            measurements.applied(age);
        } else if (status.equals("rejected")) {
            following--;
            rejected++;
        } else if (age > PATIENCE.toNanos()) {
            following--;
            lost++;
        } else {
            api.later(Lane.BROWSING, PAUSE, () -> ask(path, authorization, since));
        }
    }
}
