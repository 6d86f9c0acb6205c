package spillway.platform.counters;

import java.nio.charset.StandardCharsets;
import spillway.platform.id.Hash64;

/**
 * Redis keys of the counters. A family has partitions (those of its topic) times {@value #BUCKETS} buckets. The hash tag
 * <code>{partition.bucket}</code> keeps one bucket in one slot of a Redis Cluster, so that a script may change its
 * watermark, its counts and its sets together.
 *
 * @param prefix put before every key; empty in production, distinct per test suite; without braces, which would move the
 *     hash tag
 * @param partitions partitions of the family's topic
 */
public record CounterLayout(String prefix, int partitions) {

    /** Buckets per partition, forever: a receipt names its bucket. */
    public static final int BUCKETS = 8;

    public CounterLayout {
        if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
            throw new IllegalArgumentException("the prefix of Redis keys must not contain braces: " + prefix);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1: " + partitions);
        }
    }

    /**
     * The keys of another generation. Those of generation 0 have no mark, as all had before there were generations.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public CounterLayout generation(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("no such generation: " + number);
        }
        return number == 0 ? this : new CounterLayout(prefix + 'g' + number + ':', partitions);
    }

    /** The bucket of every record about a post: a pure function of the post, whatever the load. */
    public static int bucket(long post) {
        return Hash64.bucket(Hash64.mix(post), BUCKETS);
    }

    /** String: topic id and offset of the last record applied to the bucket, see {@link Watermark}. */
    public byte[] watermark(CounterFamily family, int partition, int bucket) {
        return key(family, 'w', partition, bucket);
    }

    /** Hash: post to the number of its members in this partition. */
    public byte[] counts(CounterFamily family, int partition, int bucket) {
        return key(family, 'c', partition, bucket);
    }

    /** Set: the post's members in this partition, in decimal. */
    public byte[] members(CounterFamily family, int partition, long post) {
        return bytes(text(family, 'm', partition, bucket(post)) + ':' + post);
    }

    /** Hash: the highest sequence applied for each of the post's members in this partition that ever sent one. */
    public byte[] sequences(CounterFamily family, int partition, long post) {
        return bytes(text(family, 's', partition, bucket(post)) + ':' + post);
    }

    /** Set: offsets of the partition's records that went to the dead-letter topic. */
    public byte[] deadLetters(CounterFamily family, int partition) {
        return bytes(prefix + family.id() + ":d:{" + partition + '}');
    }

    private byte[] key(CounterFamily family, char kind, int partition, int bucket) {
        return bytes(text(family, kind, partition, bucket));
    }

    private String text(CounterFamily family, char kind, int partition, int bucket) {
        return prefix + family.id() + ':' + kind + ":{" + partition + '.' + bucket + '}';
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
