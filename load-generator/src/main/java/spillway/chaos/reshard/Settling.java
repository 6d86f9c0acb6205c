package spillway.chaos.reshard;

import java.time.Duration;
import java.util.Optional;
import spillway.chaos.reshard.Standing.Open;
import spillway.chaos.site.Wait;

/**
 * Books what came of writes, and finds out what did when nobody answered. What has a key is repeated until it is answered;
 * an edit or a deletion is looked for after a pause that outlives every request: one version further it happened, at the
 * same it did not. Thread-safe.
 */
final class Settling {

    private static final Duration REPEAT_AFTER = Duration.ofSeconds(1);

    /** Longer than any part of the system goes on with a request whose client has given up. */
    private static final Duration OUTLIVES_REQUESTS = Duration.ofSeconds(20);

    /** Reads are refused while the gateway is full, and that may be until writes are held: a quarter of an hour. */
    private static final int TRIES = 900;

    private final Sending sending;
    private final Reading reading;
    private final Ledger ledger;
    private final Tally tally;

    Settling(Sending sending, Reading reading, Ledger ledger, Tally tally) {
        this.sending = sending;
        this.reading = reading;
        this.ledger = ledger;
        this.tally = tally;
    }

    /** Whether the write was accepted at its first attempt. */
    boolean book(Write write, Answer first) {
        return switch (first) {
            case Answer.Done done -> {
                tally.accepted();
                happened(write, done);
                yield true;
            }
            case Answer.Refused refused -> {
                tally.refused(refused);
                didNotHappen(write);
                yield false;
            }
            case Answer.Unknown unknown -> {
                tally.unknown(unknown.kind());
                if (!isSettled(write)) {
                    tally.unsettled();
                }
                yield false;
            }
        };
    }

    private void happened(Write write, Answer.Done done) {
        switch (write) {
            case Write.Publish publish -> ledger.published(done.id(), publish.author(), publish.text());
            case Write.Say say -> say.post().commented(done.id());
            case Write.Edit edit -> changed(edit.post(), done.version());
            case Write.Delete delete -> changed(delete.post(), 0);
        }
    }

    private void changed(Account post, long version) {
        post.happened();
        long right = post.standing().version();
        if (version != 0 && version != right) {
            tally.failed("an edit made version %d of a post that had %d".formatted(version, right - 1));
        }
    }

    private static void didNotHappen(Write write) {
        switch (write) {
            case Write.Publish publish -> {}
            case Write.Say say -> say.post().didNotHappen();
            case Write.Edit edit -> edit.post().didNotHappen();
            case Write.Delete delete -> delete.post().didNotHappen();
        }
    }

    private boolean isSettled(Write write) {
        return switch (write) {
            case Write.Publish publish -> isRepeated(publish);
            case Write.Say say -> isRepeated(say);
            case Write.Edit edit -> isFound(edit.post());
            case Write.Delete delete -> isFound(delete.post());
        };
    }

    private boolean isRepeated(Write write) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Wait.during(REPEAT_AFTER);
            if (sending.send(write) instanceof Answer.Done done) {
                happened(write, done);
                return true;
            }
        }
        return false;
    }

    private boolean isFound(Account post) {
        Wait.during(OUTLIVES_REQUESTS);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Standing known = post.standing();
            Optional<Reading.Found> found = reading.read(post);
            if (found.isPresent()) {
                long version = found.get().isThere() ? found.get().version() : 0;
                boolean happened =
                        known.open() == Open.DELETE ? !found.get().isThere() : version == known.version() + 1;
                if (happened) {
                    post.happened();
                } else {
                    post.didNotHappen();
                }
                return true;
            }
            Wait.during(REPEAT_AFTER);
        }
        return false;
    }
}
