package spillway.content.shard;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import spillway.platform.pressure.StoreTime;

/** How long shards take for commits of writes. Thread-safe. */
final class CommitTimes {

    private static final Duration MEMORY = Duration.ofSeconds(3);

    private final List<StoreTime> shards;

    CommitTimes(int shards) {
        this.shards = IntStream.range(0, shards)
                .mapToObj(shard -> new StoreTime(MEMORY, System::nanoTime))
                .toList();
    }

    StoreTime.Call begin(int shard) {
        return shards.get(shard).begin();
    }

    void end(int shard, StoreTime.Call commit) {
        shards.get(shard).end(commit);
    }

    /** The median in milliseconds, so that no single shard speaks for all; null when none is known. */
    @Nullable Double median(List<Integer> numbers) {
        List<Double> known = numbers.stream()
                .map(shard -> shards.get(shard).millis())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return known.isEmpty() ? null : known.get((known.size() - 1) / 2);
    }
}
