package spillway.metrics.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Set;
import spillway.metrics.views.Split.Stage;

/**
 * Splits that this instance has seen in base keys, bounded. The last answer is believed, even if a
 * later one overtook it, because wrong knowledge is harmless: what is written on the strength of it is fenced in the
 * sub-key, and what is read is checked against the base key. Thread-safe.
 */
final class KnownSplits {

    private static final int MOST = 10_000;

    private final Cache<Long, Split> splits =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** The newest split seen of a post. */
    Split of(long post) {
        Split split = splits.getIfPresent(post);
        return split == null ? Split.NEVER : split;
    }

    /** Takes note of what a base key said last. */
    void learn(long post, Split seen) {
        if (seen.stage() == Stage.WHOLE) {
            splits.invalidate(post);
        } else {
            splits.put(post, seen);
        }
    }

    /** Takes note that a split was over. */
    void forget(long post, Split over) {
        splits.asMap().remove(post, over);
    }

    Collection<Long> posts() {
        return Set.copyOf(splits.asMap().keySet());
    }
}
