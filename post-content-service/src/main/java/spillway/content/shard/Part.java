package spillway.content.shard;

/**
 * What one of all shards answered.
 *
 * @param owned the slots that the answer speaks for, by the same snapshot as the answer
 */
public record Part<T>(SlotSet owned, T answer) {}
