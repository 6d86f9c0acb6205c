package spillway.metrics.posts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.dao.DataAccessException;
import spillway.platform.counters.Pipeline;
import spillway.platform.counters.RedisLink;

/**
 * What all instances know of posts, in Redis: a mark that a post exists or was deleted. Thread-safe.
 *
 * <p>A deletion always wins: marks of existence are only written where there is no mark, so neither a replayed creation
 * nor an answer that was overtaken by the deletion brings a post back.
 */
final class PostMarks {

    private static final byte[] EXISTS = {'1'};
    private static final byte[] DELETED = {'0'};

    private final RedisLink redis;
    private final String prefix;

    /** @param prefix put before every key */
    PostMarks(RedisLink redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix + "posts:";
    }

    /** Whether the post exists, or nothing when no instance knows; fails when Redis does not answer. */
    CompletionStage<Optional<Boolean>> find(long post) {
        try {
            return redis.async()
                    .get(key(post))
                    .thenApply(mark -> mark == null ? Optional.empty() : Optional.of(mark[0] == EXISTS[0]));
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
    }

    /** Marks posts in the order in which their events came, all in one pipeline. */
    CompletionStage<?> made(List<PostChange> changes) {
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        CompletableFuture<?>[] marked = changes.stream()
                .map(change -> change.exists()
                        ? pipeline.setIfAbsent(key(change.post()), EXISTS)
                        : pipeline.set(key(change.post()), DELETED))
                .toArray(CompletableFuture<?>[]::new);
        pipeline.send();
        return CompletableFuture.allOf(marked);
    }

    private byte[] key(long post) {
        return (prefix + post).getBytes(StandardCharsets.ISO_8859_1);
    }
}
