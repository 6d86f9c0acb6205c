package spillway.metrics.engage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import spillway.events.v1.Engagement;
import spillway.metrics.counts.Backlog;
import spillway.metrics.path.LikePaths;
import spillway.metrics.path.RedisLikes;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.receipt.Receipt;
import spillway.metrics.receipt.Receipts;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.deadline.Deadline;
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
    private final LikePaths paths;

    Acceptance(KnownPosts posts, EngagementLog log, Receipts receipts, Backlog backlog, LikePaths paths) {
        this.posts = posts;
        this.log = log;
        this.receipts = receipts;
        this.backlog = backlog;
        this.paths = paths;
    }

    /** Blocks until the write is durable, then says so (invariant I1). */
    ResponseEntity<Accepted> accept(
            CounterFamily family, PostId post, Caller caller, long member, Engagement.Operation operation) {
        return accept(family, post, caller, member, operation, 0);
    }

    private ResponseEntity<Accepted> accept(
            CounterFamily family,
            PostId post,
            Caller caller,
            long member,
            Engagement.Operation operation,
            long sequence) {
        posts.require(post, caller);
        Receipt receipt = Answers.awaitWrite(append(family, post, caller.user(), member, operation, sequence), LONGEST);
        String token = receipts.write(receipt);
        return ResponseEntity.accepted()
                .location(URI.create("/v1/writes/" + token))
                .body(new Accepted(token, "accepted", backlog.drainMillis(family, receipt.partition())));
    }

    /**
     * Takes one user's like, or its end, on the path that is in use.
     *
     * @param sequence the client's own, 0 for none
     */
    ResponseEntity<Accepted> acceptLike(PostId post, Caller caller, boolean liked, long sequence) {
        RedisLikes redis = paths.withoutLog().orElse(null);
        if (redis == null) {
            Engagement.Operation operation = liked ? Engagement.Operation.ADD : Engagement.Operation.REMOVE;
            return accept(CounterFamily.LIKES, post, caller, caller.user().value(), operation, sequence);
        }
        if (sequence > 0) {
            throw new Unavailable("Sequences are kept on the path batched only.", null);
        }
        posts.require(post, caller);
        Deadline.current().check();
        Answers.awaitWrite(redis.set(post, caller.user(), liked), LONGEST);
        return ResponseEntity.accepted().body(Accepted.APPLIED);
    }

    /** Whether likes go through the log, as everything else does. */
    boolean likesAreLogged() {
        return paths.withoutLog().isEmpty();
    }

    /**
     * Completes with the receipt of a durable write on a post that is known to exist.
     *
     * @throws spillway.platform.deadline.DeadlinePassed when nobody waits for it any more; it is not written then
     */
    CompletableFuture<Receipt> append(
            CounterFamily family,
            PostId post,
            UserId user,
            long member,
            Engagement.Operation operation,
            long sequence) {
        Deadline.current().check();
        return log.append(family, post.value(), user.value(), member, operation, sequence)
                .thenApply(at ->
                        new Receipt(user, family, at.partition(), CounterLayout.bucket(post.value()), at.offset()));
    }

    /**
     * @param receipt follows the write at {@code /v1/writes/{receipt}}; none for a write that is applied already
     * @param status accepted, or applied
     * @param drainEstimateMillis when it will probably be counted
     */
    record Accepted(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String receipt,

            String status,
            long drainEstimateMillis) {

        private static final Accepted APPLIED = new Accepted(null, "applied", 0);
    }
}
