package spillway.metrics.posts;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spillway.metrics.problem.Answers;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.problem.UnknownPost;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/**
 * Whether posts exist: asked of this instance's memory, then of Redis, then of the content service, at most once at a time
 * per post. Thread-safe.
 */
public final class KnownPosts {

    private static final Logger LOG = LoggerFactory.getLogger(KnownPosts.class);

    private final AsyncCache<Long, Boolean> remembered;
    private final PostMarks marks;
    private final ContentService content;
    private final Executor threads;
    private final Duration longest;

    /** @param threads on which the content service is waited for */
    KnownPosts(PostRules rules, PostMarks marks, ContentService content, Executor threads) {
        this.remembered = Caffeine.newBuilder()
                .maximumSize(rules.remembered())
                .expireAfter(Expiry.<Long, Boolean>creating((post, exists) -> exists ? rules.known() : rules.unknown()))
                .executor(threads)
                .buildAsync();
        this.marks = marks;
        this.content = content;
        this.threads = threads;
        // Redis may time out first, and the content service after a turn in its queue.
        this.longest = rules.timeout().multipliedBy(3);
    }

    /**
     * Returns when the post exists.
     *
     * @throws UnknownPost when it does not
     * @throws Unavailable when nobody can say: nothing may be accepted for it then
     */
    public void require(PostId post, Caller caller) {
        if (!answer(find(post, caller))) {
            throw new UnknownPost();
        }
    }

    /**
     * Waits for an answer of {@link #find}.
     *
     * @throws Unavailable when nobody can say
     */
    public boolean answer(CompletableFuture<Boolean> asked) {
        return Answers.await(
                asked,
                longest,
                cause -> new Unavailable("Whether the post exists cannot be found out now: no answer came.", cause));
    }

    /** Whether the post exists; fails with {@link Unavailable} when nobody can say. */
    public CompletableFuture<Boolean> find(PostId post, Caller caller) {
        return remembered.get(post.value(), (id, executor) -> look(id, caller.token()));
    }

    /** Takes note of what the content service made known; the marks decide, as events may come again. */
    CompletionStage<?> learn(List<PostChange> changes) {
        return marks.made(changes)
                .thenRun(
                        () -> changes.forEach(change -> remembered.synchronous().invalidate(change.post())));
    }

    private CompletableFuture<Boolean> look(long post, String token) {
        return marks.find(post)
                .exceptionally(failure -> {
                    LOG.debug("Redis cannot say whether post {} exists", post, failure);
                    return Optional.empty();
                })
                .thenCompose(mark -> mark.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.supplyAsync(() -> ask(post, token), threads)))
                .toCompletableFuture();
    }

    private boolean ask(long post, String token) {
        boolean exists = content.has(post, token);
        if (exists) {
            marks.made(List.of(new PostChange(post, true))).exceptionally(failure -> {
                LOG.debug("Redis cannot be told that post {} exists", post, failure);
                return null;
            });
        }
        return exists;
    }
}
