package spillway.metrics.engage;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;
import spillway.events.v1.Engagement;
import spillway.metrics.counts.Backlog;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.OutcomeUnknown;
import spillway.metrics.receipt.Receipt;
import spillway.metrics.receipt.Receipts;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.security.Caller;

/** Takes one user's write on one post, from the check of the post to the receipt. Thread-safe. */
final class Acceptance {

    /** Past the producer's own delivery timeout, which decides before. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final KnownPosts posts;
    private final EngagementLog log;
    private final Receipts receipts;
    private final Backlog backlog;

    Acceptance(KnownPosts posts, EngagementLog log, Receipts receipts, Backlog backlog) {
        this.posts = posts;
        this.log = log;
        this.receipts = receipts;
        this.backlog = backlog;
    }

    /** Blocks until the write is durable, then says so (invariant I1). */
    ResponseEntity<Accepted> accept(
            CounterFamily family, PostId post, Caller caller, long member, Engagement.Operation operation) {
        posts.require(post, caller);
        Receipt receipt =
                Answers.await(append(family, post, caller.user(), member, operation, 0), LONGEST, OutcomeUnknown::new);
        String token = receipts.write(receipt);
        return ResponseEntity.accepted()
                .location(URI.create("/v1/writes/" + token))
                .body(new Accepted(token, "accepted", backlog.drainMillis(family, receipt.partition())));
    }

    /** Completes with the receipt of a durable write on a post that is known to exist. */
    CompletableFuture<Receipt> append(
            CounterFamily family,
            PostId post,
            UserId user,
            long member,
            Engagement.Operation operation,
            long sequence) {
        return log.append(family, post.value(), user.value(), member, operation, sequence)
                .thenApply(at ->
                        new Receipt(user, family, at.partition(), CounterLayout.bucket(post.value()), at.offset()));
    }

    /**
     * @param receipt follows the write at {@code /v1/writes/{receipt}}
     * @param status accepted
     * @param drainEstimateMillis when it will probably be counted
     */
    record Accepted(String receipt, String status, long drainEstimateMillis) {}
}
