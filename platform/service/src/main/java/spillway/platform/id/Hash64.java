package spillway.platform.id;

/**
 * Fixed 64-bit mixing of ids: slots, partitions and buckets are chosen by it, so its values are part of the stored
 * format and never change.
 *
 * <p>The function is the finalizer of SplitMix64 with Stafford's variant 13 constants (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014): a bijection, so distinct ids never collide in all 64 bits,
 * and each input bit flips each output bit with probability close to one half. Pure and thread-safe.
 */
public final class Hash64 {

    private Hash64() {}

    /** Mixes one id. */
    public static long mix(long id) {
        long z = id + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Mixes an ordered pair of ids: {@code mix(a, b)} and {@code mix(b, a)} differ. */
    public static long mix(long first, long second) {
        return mix(mix(first) ^ second);
    }

    /**
     * A bucket in {@code [0, buckets)} for a hash, uniform for any number of buckets.
     *
     * @param buckets at least 1
     */
    public static int bucket(long hash, int buckets) {
        // The high half of the 128-bit product: Lemire, "Fast random integer generation in an interval", TOMACS 2019.
        return (int) Math.unsignedMultiplyHigh(hash, buckets);
    }
}
