package spillway.content.shard;

import org.jspecify.annotations.Nullable;

/**
 * How a slot stands at a shard.
 *
 * @param epoch how often the slot had another owner, from 1; grows by one with each change of owner
 * @param peer number of the shard that receives the slot's changes, or owns it; null for an {@link SlotState#OWNER}
 */
public record Standing(
        SlotState state, long epoch, @Nullable Integer peer) {

    public Standing {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be positive: " + epoch);
        }
        if ((state == SlotState.OWNER) != (peer == null)) {
            throw new IllegalArgumentException(state + " with peer " + peer);
        }
    }
}
