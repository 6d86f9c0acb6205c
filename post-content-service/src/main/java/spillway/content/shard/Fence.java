package spillway.content.shard;

import java.util.Map;
import spillway.platform.id.Slot;

/** What the current shard knows of its slots. */
interface Fence {

    /**
     * Locks slots against a change of owner to the end of the current transaction, and only then says how they stand.
     *
     * @return without the slots that the shard does not know
     */
    Map<Slot, Standing> enter(SlotSet slots);

    /** How a slot stands at this moment; absent when the shard does not know it. */
    Map<Slot, Standing> look(Slot slot);

    /**
     * Makes a replica the owner, on the word of the shard that has handed the slot over, when that was later than anything
     * known here.
     */
    void takeOver(Slot slot, long epoch);
}
