package spillway.metrics.path;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The path that likes take at present, switchable while they come. Each path counts for itself: a post shows the likes it
 * got on the path that is in use, so a comparison starts with posts of its own. Thread-safe.
 */
public final class LikePaths {

    private final AtomicReference<LikePath> current;
    private final RedisLikes direct;
    private final RedisLikes split;

    LikePaths(LikePath first, RedisLikes direct, RedisLikes split) {
        this.current = new AtomicReference<>(first);
        this.direct = direct;
        this.split = split;
    }

    LikePath current() {
        return current.get();
    }

    void use(LikePath path) {
        current.set(path);
    }

    /** Where likes are written and read without the log; empty when they go through it. */
    public Optional<RedisLikes> withoutLog() {
        return switch (current.get()) {
            case DIRECT -> Optional.of(direct);
            case SPLIT -> Optional.of(split);
            case BATCHED -> Optional.empty();
        };
    }
}
