package spillway.batcher.log;

import java.util.function.Supplier;
import spillway.batcher.collapse.CounterStore;
import spillway.platform.counters.CounterFamily;

/**
 * What the readers of one family share. All of it is thread-safe.
 *
 * @param topic with its prefix
 * @param stores makes the store of one reader
 */
record FamilyParts(
        CounterFamily family,
        String topic,
        Decoder decoder,
        Supplier<CounterStore> stores,
        DeadLetters deadLetters,
        TopicFacts facts,
        FamilyMetrics metrics,
        Halts halts,
        Assigned assigned) {}
