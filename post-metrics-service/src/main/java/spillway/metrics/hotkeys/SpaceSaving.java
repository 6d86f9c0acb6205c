package spillway.metrics.hotkeys;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The heaviest keys of a stream, counted in a fixed number of places: the Space-Saving algorithm (Metwally, Agrawal and El
 * Abbadi, "Efficient computation of frequent and top-k elements in data streams", 2005), with weights. Not thread-safe.
 *
 * <p>A key without a place takes that of the lightest and inherits its weight as its possible error. So no weight is too
 * low, none is too high by more than total weight / places, and each key above that is there. The places form a binary
 * heap, the lightest first; an offer costs O(log places).
 */
final class SpaceSaving {

    private final long[] keys;
    private final long[] weights;
    private final long[] errors;
    private final Map<Long, Integer> placeOf;
    private int used;

    SpaceSaving(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("there must be a place: " + places);
        }
        this.keys = new long[places];
        this.weights = new long[places];
        this.errors = new long[places];
        this.placeOf = new HashMap<>(2 * places);
    }

    /** @param weight from 1 */
    void offer(long key, long weight) {
        if (weight < 1) {
            throw new IllegalArgumentException("a weight must be positive: " + weight);
        }
        Integer found = placeOf.get(key);
        int place;
        if (found != null) {
            place = found;
        } else if (used < keys.length) {
            place = used++;
            put(place, key, 0, 0);
            place = raise(place);
        } else {
            place = 0;
            placeOf.remove(keys[place]);
            put(place, key, weights[place], weights[place]);
        }
        weights[place] += weight;
        lower(place);
    }

    /** What is counted, in no order. */
    Stream<Heavy> counted() {
        return IntStream.range(0, used).mapToObj(place -> new Heavy(keys[place], weights[place], errors[place]));
    }

    void clear() {
        used = 0;
        placeOf.clear();
    }

    private int raise(int from) {
        int place = from;
        while (place > 0 && weights[place] < weights[(place - 1) / 2]) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
        return place;
    }

    private void lower(int from) {
        int place = from;
        while (true) {
            int lightest = lighter(lighter(place, 2 * place + 1), 2 * place + 2);
            if (lightest == place) {
                return;
            }
            swap(place, lightest);
            place = lightest;
        }
    }

    private int lighter(int one, int other) {
        return other < used && weights[other] < weights[one] ? other : one;
    }

    private void swap(int one, int other) {
        long key = keys[one];
        long weight = weights[one];
        long error = errors[one];
        put(one, keys[other], weights[other], errors[other]);
        put(other, key, weight, error);
    }

    private void put(int place, long key, long weight, long error) {
        keys[place] = key;
        weights[place] = weight;
        errors[place] = error;
        placeOf.put(key, place);
    }
}
