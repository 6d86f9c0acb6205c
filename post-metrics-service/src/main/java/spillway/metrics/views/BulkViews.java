package spillway.metrics.views;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.problem.InvalidRequest;
import spillway.metrics.problem.Refusal;
import spillway.metrics.problem.UnknownPost;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.security.Caller;

/**
 * Takes each view of a request on its own: one that is refused does not hold up the others. Views of the same post share
 * its fate and are counted together. Thread-safe.
 */
final class BulkViews {

    /** Most views of one request. */
    static final int MOST = 5_000;

    @Schema(name = "ManyViews")
    record Request(@NotNull @Size(min = 1, max = MOST) List<@NotNull Item> views) {}

    /**
     * Ids and weight are read one by one, so that a wrong one is that view's alone.
     *
     * @param weight how many views it stands for, from 1 to {@value Tally#MOST_WEIGHT}, when the edge sampled; 1 when not
     *     given
     */
    @Schema(name = "OneOfManyViews")
    record Item(
            @Nullable String postId,
            @Nullable String userId,

            @Nullable @Schema(minimum = "1", maximum = "16", defaultValue = "1")
            Integer weight) {

        SeenBy seen() {
            return new SeenBy(UserId.parse(needed(userId)).value(), weight == null ? 1 : weight);
        }
    }

    /**
     * Every view of the request is one or the other.
     *
     * @param accepted how many were taken
     * @param rejected in the order of the request
     */
    @Schema(name = "ManyViewsResult")
    record Result(int accepted, List<Refusal> rejected) {}

    private final KnownPosts posts;
    private final Turnstile turnstile;

    BulkViews(KnownPosts posts, Turnstile turnstile) {
        this.posts = posts;
        this.turnstile = turnstile;
    }

    Result accept(Request request, Caller caller) {
        List<Refusal> rejected = new ArrayList<>();
        // All posts are asked for before the first answer is waited for.
        Map<PostId, Audience> audiences = new LinkedHashMap<>();
        for (int index = 0; index < request.views().size(); index++) {
            Item view = request.views().get(index);
            try {
                SeenBy seen = view.seen();
                audiences
                        .computeIfAbsent(
                                PostId.parse(needed(view.postId())), post -> new Audience(posts.find(post, caller)))
                        .add(index, seen);
            } catch (IllegalArgumentException malformed) {
                rejected.add(Refusal.of(index, new InvalidRequest(String.valueOf(malformed.getMessage()))));
            }
        }
        audiences.forEach((post, audience) -> {
            try {
                take(post, audience);
            } catch (ErrorResponseException refused) {
                audience.indexes.forEach(index -> rejected.add(Refusal.of(index, refused)));
            }
        });
        rejected.sort(Comparator.comparingInt(Refusal::index));
        return new Result(request.views().size() - rejected.size(), rejected);
    }

    private void take(PostId post, Audience audience) {
        if (!posts.answer(audience.exists)) {
            throw new UnknownPost();
        }
        turnstile.pass(post, audience.seen);
    }

    private static String needed(@Nullable String id) {
        if (id == null) {
            throw new IllegalArgumentException("postId and userId are needed");
        }
        return id;
    }

    /** Those who view the same post, and which views of the request theirs are. */
    private static final class Audience {

        private final CompletableFuture<Boolean> exists;
        private final List<Integer> indexes = new ArrayList<>();
        private final List<SeenBy> seen = new ArrayList<>();

        Audience(CompletableFuture<Boolean> exists) {
            this.exists = exists;
        }

        void add(int index, SeenBy view) {
            indexes.add(index);
            seen.add(view);
        }
    }
}
