package spillway.metrics.receipt;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CountersInUse;
import spillway.platform.counters.Watermark;

/** How far the buckets have come, and what became of single records. Thread-safe. */
final class Progress {

    /** What became of an accepted write. */
    enum Fate {
        ACCEPTED,
        APPLIED,
        REJECTED
    }

    private final CountersInUse counters;

    Progress(CountersInUse counters) {
        this.counters = counters;
    }

    /** Offset of the last record applied to a bucket, -1 for none. */
    CompletionStage<Long> applied(CounterFamily family, int partition, int bucket) {
        return counters.read((layout, pipeline) -> pipeline.get(layout.watermark(family, partition, bucket))
                .thenApply(stored -> Watermark.parse(stored).offset()));
    }

    /**
     * A record goes to the dead letters, and into their index, before the watermark passes it: a passed record that is
     * not in the index was applied. Read in that order, so that the answer holds; also when a rebuilt generation takes over
     * in between, because that one has come at least as far.
     */
    CompletionStage<Fate> fate(Receipt receipt) {
        return applied(receipt.family(), receipt.partition(), receipt.bucket())
                .thenCompose(applied -> applied < receipt.offset()
                        ? CompletableFuture.completedFuture(Fate.ACCEPTED)
                        : isDeadLetter(receipt).thenApply(dead -> dead ? Fate.REJECTED : Fate.APPLIED));
    }

    private CompletionStage<Boolean> isDeadLetter(Receipt receipt) {
        return counters.read((layout, pipeline) -> pipeline.sismember(
                layout.deadLetters(receipt.family(), receipt.partition()),
                Long.toString(receipt.offset()).getBytes(StandardCharsets.ISO_8859_1)));
    }
}
