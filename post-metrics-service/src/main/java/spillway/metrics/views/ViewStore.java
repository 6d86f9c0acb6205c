package spillway.metrics.views;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import spillway.metrics.views.Views.Gathered;

/**
 * Where views lie: per post a base key, and while the post is split sub-keys in other slots. Every call is one step that
 * happens at once or not at all; nothing spans two keys of different slots. Calls fail when the store does not answer.
 * Thread-safe.
 */
interface ViewStore {

    /**
     * A post's base key.
     *
     * @param tally counted in the base key
     * @param writes that Redis was measured to carry for this key, or for sub-keys it has taken back
     * @param viewers estimate of distinct viewers
     * @param gatheredMillis when viewers were last gathered from the sub-keys; 0 for never
     */
    record Base(Split split, Tally tally, long writes, long viewers, long gatheredMillis) {}

    /**
     * One sub-key of a post.
     *
     * @param epoch which split it was last used in; 0 for never
     * @param tally counted in that epoch
     * @param writes that Redis carried for it in that epoch
     */
    record SubKey(long epoch, Tally tally, long writes) {}

    /** Reads that leave together. */
    interface Reads {
        CompletionStage<Base> base(long post);

        CompletionStage<SubKey> subKey(long post, int subKey);

        /** Nothing is read before. */
        void send();
    }

    Reads reads();

    /** Adds to the base key, which is right in every stage. */
    CompletionStage<?> addViews(long post, Tally views);

    CompletionStage<?> addViewers(long post, Collection<Long> viewers);

    CompletionStage<?> addWrites(long post, long writes);

    /**
     * Adds views and viewers to a sub-key, opening it for an epoch that the caller has seen announced in the base key.
     *
     * @return false when the sub-key is sealed or belongs to a later epoch; nothing is added then
     */
    CompletionStage<Boolean> addToSubKey(long epoch, int subKey, Gathered gathered);

    /** Ends an epoch in a sub-key: nothing can be added any more. Nothing is in it when it belongs to a later epoch. */
    CompletionStage<SubKey> seal(long post, long epoch, int subKey);

    /**
     * Puts a split in the place of another and adds to the base key, in one step.
     *
     * @return false when the split found was another; nothing is changed then
     */
    CompletionStage<Boolean> move(long post, Split expected, Split next, Tally views, long writes);

    /** Adds a sub-key's viewers to those of the base key; as often as one likes, being a union. */
    CompletionStage<?> gatherViewers(long post, int subKey);

    /** Notes when viewers were gathered. */
    CompletionStage<?> gathered(long post, long millis);

    /** Leaves of a sealed sub-key nothing but its seal. Does nothing when it belongs to a later epoch. */
    CompletionStage<?> retire(long post, long epoch, int subKey);

    /** Whether the caller is the one who tends the post's split now; for the sake of economy, not of correctness. */
    CompletionStage<Boolean> claim(long post);
}
