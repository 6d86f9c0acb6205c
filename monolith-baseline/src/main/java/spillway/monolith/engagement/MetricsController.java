package spillway.monolith.engagement;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.monolith.post.PostNotFound;
import spillway.platform.id.PostId;

/** Counts over HTTP. */
@RestController
class MetricsController {

    private final Counts counts;

    MetricsController(Counts counts) {
        this.counts = counts;
    }

    @GetMapping("/v1/posts/{post}/metrics")
    PostMetrics one(@PathVariable PostId post) {
        return counts.of(Set.of(post)).stream().findAny().orElseThrow(PostNotFound::new);
    }

    /** In the order asked for; posts that do not exist are left out. */
    @GetMapping("/v1/metrics")
    Items many(@RequestParam @NotEmpty @Size(max = 100) List<PostId> ids) {
        Map<PostId, PostMetrics> found =
                counts.of(ids).stream().collect(Collectors.toMap(PostMetrics::postId, Function.identity()));
        return new Items(
                ids.stream().distinct().map(found::get).filter(Objects::nonNull).toList());
    }

    /** Several posts' metrics. */
    record Items(List<PostMetrics> items) {}
}
