package spillway.metrics.counts;

import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.receipt.ReadYourWrites;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/** Serves counts. */
@RestController
class MetricsController {

    private static final int MOST_POSTS = 100;

    private final Metrics metrics;
    private final KnownPosts posts;
    private final ReadYourWrites writes;

    MetricsController(Metrics metrics, KnownPosts posts, ReadYourWrites writes) {
        this.metrics = metrics;
        this.posts = posts;
        this.writes = writes;
    }

    /**
     * One post's metrics.
     *
     * @param after receipt of a write that the answer is to contain; when it is not applied in time, {@code pending} tells
     */
    @GetMapping("/v1/posts/{id}/metrics")
    PostMetrics ofPost(@PathVariable PostId id, @RequestParam @Nullable String after, Caller caller) {
        posts.require(id, caller);
        if (after == null) {
            return metrics.of(List.of(id)).getFirst();
        }
        writes.await(after, caller);
        return metrics.now(List.of(id)).getFirst();
    }

    /** Many posts' metrics; posts that do not exist are left out. */
    @GetMapping("/v1/metrics")
    Items ofPosts(@RequestParam @Size(min = 1, max = MOST_POSTS) List<PostId> ids, Caller caller) {
        List<PostId> distinct = ids.stream().distinct().toList();
        List<CompletableFuture<Boolean>> asked =
                distinct.stream().map(id -> posts.find(id, caller)).toList();
        List<PostId> existing = IntStream.range(0, distinct.size())
                .filter(i -> posts.answer(asked.get(i)))
                .mapToObj(distinct::get)
                .toList();
        return new Items(metrics.of(existing));
    }

    /** @param items in the order of the ids */
    record Items(List<PostMetrics> items) {}
}
