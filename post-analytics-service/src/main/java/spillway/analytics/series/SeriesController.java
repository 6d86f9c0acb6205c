package spillway.analytics.series;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.analytics.event.Kind;
import spillway.analytics.store.EventStore;
import spillway.platform.id.PostId;

/** Answers how a post's engagement ran over time. */
@RestController
@Tag(name = "analytics", description = "Engagement over time")
class SeriesController {

    private final EventStore store;
    private final InstantSource clock = InstantSource.system();

    SeriesController(EventStore store) {
        this.store = store;
    }

    @GetMapping("/v1/analytics/posts/{id}/series")
    @Operation(summary = "A post's events per minute or hour", description = """
                    Counts events as they were accepted: a like, an unlike and the like again are two likes and one unlike. \
                    Minutes for at most 24 hours, hours for at most 7 days. A post without events, known or not, has zeros.""")
    Series series(
            @PathVariable PostId id,
            @Parameter(description = "likes, unlikes, shares, comments, views, …", example = "likes") @RequestParam
                    String kind,
            @Parameter(description = "Inclusive; an hour before the end by default")
                    @RequestParam(required = false)
                    @Nullable Instant from,
            @Parameter(description = "Exclusive; now by default") @RequestParam(required = false) @Nullable Instant to,
            @Parameter(description = "minute or hour") @RequestParam(defaultValue = "minute") String step) {
        Kind wanted = Kind.of(kind).orElseThrow(() -> new BadSeries("kind must be one of " + kinds() + "."));
        Step cut = Step.of(step).orElseThrow(() -> new BadSeries("step must be minute or hour."));
        Range range = Range.covering(from, to, cut, clock.instant());
        List<Range.Point> points = range.points(store.perMinute(id.value(), wanted, range.from(), range.to()));
        return new Series(id, wanted, cut, range.from(), range.to(), points);
    }

    private static String kinds() {
        return Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    /**
     * A post's events over time.
     *
     * @param from start of the first point
     * @param to end of the last point
     */
    record Series(PostId postId, Kind kind, Step step, Instant from, Instant to, List<Range.Point> points) {}
}
