package spillway.content.shard;

import java.util.function.Supplier;

/**
 * The shard that statements of the running code go to. It is bound around a whole transaction and never changes inside
 * one: a transaction over two shards would promise what two databases cannot keep.
 */
final class CurrentShard {

    private static final ScopedValue<Integer> NUMBER = ScopedValue.newInstance();

    private CurrentShard() {}

    static <T> T call(int shard, Supplier<T> work) {
        if (NUMBER.isBound() && NUMBER.get() != shard) {
            throw new IllegalStateException("shard " + shard + " asked for inside work on shard " + NUMBER.get());
        }
        return ScopedValue.where(NUMBER, shard).call(work::get);
    }

    static boolean isChosen() {
        return NUMBER.isBound();
    }

    static int required() {
        return NUMBER.orElseThrow(() -> new IllegalStateException("no shard is chosen: go through Shards"));
    }
}
