package spillway.metrics.counts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import spillway.metrics.path.LikePaths;
import spillway.metrics.path.RedisLikes;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.Unavailable;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.EngagementKey;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** Who likes a post. Thread-safe. */
@Component
public final class Likers {

    private static final Duration REDIS = Duration.ofSeconds(3);

    private final RedisLink redis;
    private final CounterLayout layout;
    private final LikePaths paths;

    Likers(RedisLink redis, CounterLayout layout, LikePaths paths) {
        this.redis = redis;
        this.layout = layout;
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
        int partition = new EngagementKey(post.value(), user.value()).partition(layout.partitions());
        byte[] members = layout.members(CounterFamily.LIKES, partition, post.value());
        try {
            return Answers.await(
                    redis.async().sismember(members, user.toString().getBytes(StandardCharsets.ISO_8859_1)),
                    REDIS,
                    failed);
        } catch (DataAccessException away) {
            throw failed.apply(away);
        }
    }
}
