package spillway.metrics.counts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import spillway.metrics.path.LikePaths;
import spillway.metrics.path.RedisLikes;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.Unavailable;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CountersInUse;
import spillway.platform.events.EngagementKey;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** Who likes a post. Thread-safe. */
@Component
public final class Likers {

    private static final Duration REDIS = Duration.ofSeconds(3);

    private final CountersInUse counters;
    private final LikePaths paths;

    Likers(CountersInUse counters, LikePaths paths) {
        this.counters = counters;
        this.paths = paths;
    }

    /**
     * Whether the user's last applied operation on the post is a like.
     *
     * @throws Unavailable when Redis does not answer
     */
    public boolean has(PostId post, UserId user) {
        Function<Throwable, ErrorResponseException> failed =
                cause -> new Unavailable("Likes cannot be read now.", cause);
        RedisLikes withoutLog = paths.withoutLog().orElse(null);
        if (withoutLog != null) {
            return Answers.await(withoutLog.has(post, user), REDIS, failed);
        }
        byte[] member = user.toString().getBytes(StandardCharsets.ISO_8859_1);
        return Answers.await(
                counters.read((layout, pipeline) -> {
                    int partition = new EngagementKey(post.value(), user.value()).partition(layout.partitions());
                    return pipeline.sismember(layout.members(CounterFamily.LIKES, partition, post.value()), member);
                }),
                REDIS,
                failed);
    }
}
