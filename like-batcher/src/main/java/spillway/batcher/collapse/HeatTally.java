package spillway.batcher.collapse;

import java.util.EnumMap;
import java.util.Map;

/** The operations of one batch window and the posts they were about, by the posts' {@link Heat}. Not thread-safe. */
public final class HeatTally {

    private final Map<Heat, Share> shares = new EnumMap<>(Heat.class);

    /**
     * What one heat had of a window.
     *
     * @param operations likes and unlikes, repeated ones too
     * @param posts distinct posts per bucket: at most so many counts were written for them
     * @param acceptedSum sum of the times at which the operations were accepted, milliseconds since the epoch
     */
    public record Share(long operations, long posts, long acceptedSum) {

        static final Share NONE = new Share(0, 0, 0);

        Share and(Share other) {
            return new Share(operations + other.operations, posts + other.posts, acceptedSum + other.acceptedSum);
        }
    }

    void add(Fold fold) {
        for (int group = 0; group < fold.posts(); group++) {
            shares.merge(
                    Heat.of(fold.taken(group)), new Share(fold.taken(group), 1, fold.acceptedSum(group)), Share::and);
        }
    }

    public Share of(Heat heat) {
        return shares.getOrDefault(heat, Share.NONE);
    }

    public long operations() {
        return shares.values().stream().mapToLong(Share::operations).sum();
    }
}
