package spillway.batcher.log;

import spillway.batcher.collapse.CounterStore;
import spillway.platform.counters.CounterFamily;

/**
 * What the readers of one family share. All of it is thread-safe.
 *
 * @param topic with its prefix
 */
record FamilyParts(
        CounterFamily family,
        String topic,
        Decoder decoder,
        CounterStore store,
        DeadLetters deadLetters,
        TopicFacts facts,
        FamilyMetrics metrics,
        Halts halts) {}
