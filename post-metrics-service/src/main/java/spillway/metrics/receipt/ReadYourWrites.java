package spillway.metrics.receipt;

import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.receipt.Progress.Fate;
import spillway.platform.security.Caller;

/** Waits for a caller's own write to be applied. */
@Component
public final class ReadYourWrites {

    private static final Duration REDIS = Duration.ofSeconds(3);

    private final Receipts receipts;
    private final Progress progress;
    private final Waiters waiters;
    private final Duration longestWait;

    ReadYourWrites(Receipts receipts, Progress progress, Waiters waiters, ReceiptRules rules) {
        this.receipts = receipts;
        this.progress = progress;
        this.waiters = waiters;
        this.longestWait = rules.longestWait();
    }

    /**
     * The write a token stands for.
     *
     * @throws UnknownReceipt when the token was not written here, or for somebody else: both look the same
     */
    Receipt of(String token, Caller caller) {
        return receipts.read(token)
                .filter(receipt -> receipt.principal().equals(caller.user())
                        || caller.scopes().contains(Caller.INGEST))
                .orElseThrow(UnknownReceipt::new);
    }

    /** Returns when the write is applied or rejected, or after the longest wait. */
    public void await(String token, Caller caller) {
        fate(of(token, caller), longestWait);
    }

    Fate fate(Receipt receipt, Duration wait) {
        Fate fate = Answers.await(progress.fate(receipt), REDIS, ReadYourWrites::unavailable);
        if (fate != Fate.ACCEPTED || wait.isZero() || wait.isNegative()) {
            return fate;
        }
        Duration bounded = wait.compareTo(longestWait) > 0 ? longestWait : wait;
        Answers.await(waiters.await(receipt, bounded), bounded.plus(REDIS), ReadYourWrites::unavailable);
        return Answers.await(progress.fate(receipt), REDIS, ReadYourWrites::unavailable);
    }

    private static ErrorResponseException unavailable(Throwable cause) {
        return new Unavailable("The state of writes cannot be read now.", cause);
    }
}
