package spillway.batcher.redis;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/** How far a generation has come, per family, partition and bucket. */
public final class Stand {

    private final Map<CounterFamily, Watermark[][]> watermarks = new EnumMap<>(CounterFamily.class);

    Stand(int partitions) {
        for (CounterFamily family : CounterFamily.values()) {
            Watermark[][] ofFamily = new Watermark[partitions][CounterLayout.BUCKETS];
            Arrays.stream(ofFamily).forEach(buckets -> Arrays.fill(buckets, Watermark.NONE));
            watermarks.put(family, ofFamily);
        }
    }

    private Watermark[][] of(CounterFamily family) {
        Watermark[][] found = watermarks.get(family);
        if (found == null) {
            throw new IllegalStateException("unknown family " + family);
        }
        return found;
    }

    void put(CounterFamily family, int partition, int bucket, Watermark watermark) {
        of(family)[partition][bucket] = watermark;
    }

    /** A partition's watermarks, in the order of its buckets. */
    public List<Watermark> of(CounterFamily family, int partition) {
        return List.of(of(family)[partition]);
    }

    /** The highest offset that was applied in each partition, -1 for none. */
    public long[] highest(CounterFamily family) {
        return Arrays.stream(of(family))
                .mapToLong(buckets ->
                        Stream.of(buckets).mapToLong(Watermark::offset).max().orElseThrow())
                .toArray();
    }

    boolean isAtOrPast(Stand other) {
        for (CounterFamily family : CounterFamily.values()) {
            Watermark[][] mine = of(family);
            Watermark[][] theirs = other.of(family);
            for (int partition = 0; partition < mine.length; partition++) {
                for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                    if (mine[partition][bucket].offset() < theirs[partition][bucket].offset()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
