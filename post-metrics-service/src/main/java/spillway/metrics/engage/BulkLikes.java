package spillway.metrics.engage;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import spillway.events.v1.Engagement.Operation;
import spillway.metrics.counts.Backlog;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.InvalidRequest;
import spillway.metrics.problem.Refusal;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.problem.UnknownPost;
import spillway.metrics.receipt.Receipt;
import spillway.metrics.receipt.Receipts;
import spillway.platform.counters.CounterFamily;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.security.Caller;

/** Takes each like of a request on its own: one that is refused does not hold up the others. Thread-safe. */
final class BulkLikes {

    /** Most likes of one request. */
    static final int MOST = 5_000;

    /** Looking up the posts, then the producer's delivery timeout. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** @param likes in the order they are to be applied */
    @Schema(name = "ManyLikes")
    record Request(@NotNull @Size(min = 1, max = MOST) List<@NotNull Item> likes) {}

    /**
     * Ids and operation are read one by one, so that a wrong one is that like's alone.
     *
     * @param op like or unlike
     * @param seq the client's own sequence for this user and post, from 1; null for none
     */
    @Schema(name = "OneOfManyLikes")
    record Item(
            @Nullable String postId,
            @Nullable String userId,
            @Nullable String op,
            @Nullable Long seq) {}

    /**
     * @param accepted likes that are durable
     * @param receipts one per like of the request, null where it was refused
     * @param drainEstimatesMillis the same for when it will probably be counted
     */
    @Schema(name = "ManyLikesResult")
    record Result(
            int accepted,
            List<Refusal> rejected,
            List<@Nullable String> receipts,
            List<@Nullable Long> drainEstimatesMillis) {}

    private record Like(PostId post, UserId user, Operation operation, long sequence) {}

    private final KnownPosts posts;
    private final Acceptance acceptance;
    private final Receipts receipts;
    private final Backlog backlog;

    BulkLikes(KnownPosts posts, Acceptance acceptance, Receipts receipts, Backlog backlog) {
        this.posts = posts;
        this.acceptance = acceptance;
        this.receipts = receipts;
        this.backlog = backlog;
    }

    Result accept(Request request, Caller caller) {
        if (!acceptance.likesAreLogged()) {
            throw new Unavailable("Many likes at once are taken on the path batched only.", null);
        }
        Map<PostId, CompletableFuture<Boolean>> existence = new HashMap<>();
        List<CompletableFuture<Receipt>> appends = new ArrayList<>();
        // All posts are asked for before the first answer is waited for; the likes keep their order in the log, because
        // each is appended in its turn and not when its post's answer happens to come.
        List<CompletableFuture<Like>> likes = request.likes().stream()
                .map(BulkLikes::read)
                .map(like -> like.thenApply(ok -> {
                    existence.computeIfAbsent(ok.post(), post -> posts.find(post, caller));
                    return ok;
                }))
                .toList();
        for (CompletableFuture<Like> like : likes) {
            appends.add(append(like, existence));
        }
        return result(appends);
    }

    private CompletableFuture<Receipt> append(
            CompletableFuture<Like> read, Map<PostId, CompletableFuture<Boolean>> existence) {
        try {
            Like like = Answers.await(read, LONGEST, BulkLikes::unavailable);
            CompletableFuture<Boolean> asked =
                    existence.getOrDefault(like.post(), CompletableFuture.completedFuture(false));
            if (!Answers.await(asked, LONGEST, BulkLikes::unavailable)) {
                return CompletableFuture.failedFuture(new UnknownPost());
            }
            return acceptance.append(
                    CounterFamily.LIKES,
                    like.post(),
                    like.user(),
                    like.user().value(),
                    like.operation(),
                    like.sequence());
        } catch (ErrorResponseException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Result result(List<CompletableFuture<Receipt>> appends) {
        List<Refusal> refusals = new ArrayList<>();
        List<@Nullable String> tokens = new ArrayList<>();
        List<@Nullable Long> estimates = new ArrayList<>();
        for (int index = 0; index < appends.size(); index++) {
            try {
                Receipt receipt = Answers.awaitWrite(appends.get(index), LONGEST);
                tokens.add(receipts.write(receipt));
                estimates.add(backlog.drainMillis(CounterFamily.LIKES, receipt.partition()));
            } catch (ErrorResponseException refused) {
                tokens.add(null);
                estimates.add(null);
                refusals.add(Refusal.of(index, refused));
            }
        }
        return new Result(appends.size() - refusals.size(), refusals, tokens, estimates);
    }

    private static CompletableFuture<Like> read(Item item) {
        try {
            if (item.postId() == null || item.userId() == null || item.op() == null) {
                throw new IllegalArgumentException("postId, userId and op are needed");
            }
            Operation operation = switch (item.op()) {
                case "like" -> Operation.ADD;
                case "unlike" -> Operation.REMOVE;
                default -> throw new IllegalArgumentException("op must be like or unlike");
            };
            long sequence = item.seq() == null ? 0 : item.seq();
            if (item.seq() != null && sequence < 1) {
                throw new IllegalArgumentException("seq must be at least 1");
            }
            return CompletableFuture.completedFuture(
                    new Like(PostId.parse(item.postId()), UserId.parse(item.userId()), operation, sequence));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new InvalidRequest(String.valueOf(e.getMessage())));
        }
    }

    private static ErrorResponseException unavailable(Throwable cause) {
        return new Unavailable("Whether the post exists cannot be found out now: no answer came.", cause);
    }
}
