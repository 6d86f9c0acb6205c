package spillway.platform.counters;

import java.util.concurrent.CompletableFuture;
import org.springframework.dao.DataAccessException;

/**
 * Reads from the generation of the counters that is in use. Thread-safe.
 *
 * <p>Which one that is was learned with the read before, and is verified by each read: its last command asks again. If the
 * generation had changed, the answers are thrown away and the read is made once more. So from the moment in which a rebuild
 * switches, nobody reads what it replaced, in no instance of a service: a count that somebody saw cannot go back.
 */
public final class CountersInUse {

    private final RedisLink redis;
    private final CounterLayout layout;
    private volatile int last = Generations.FIRST.inUse();

    /** @param layout that of generation 0 */
    public CountersInUse(RedisLink redis, CounterLayout layout) {
        this.redis = redis;
        this.layout = layout;
    }

    /** What is read. */
    @FunctionalInterface
    public interface Read<T> {

        /**
         * Adds commands to the pipeline; made again, from another generation, when the first was not the one in use.
         *
         * @param layout keys of the generation to read from
         */
        CompletableFuture<T> from(CounterLayout layout, Pipeline pipeline);
    }

    /** Fails when Redis does not answer. */
    public <T> CompletableFuture<T> read(Read<T> read) {
        int assumed = last;
        Pipeline pipeline;
        try {
            pipeline = redis.pipeline();
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
        CompletableFuture<T> answer = read.from(layout.generation(assumed), pipeline);
        CompletableFuture<Integer> found = pipeline.get(Generations.key(layout))
                .thenApply(stored -> Generations.parse(stored).inUse());
        pipeline.send();
        return found.thenCompose(inUse -> {
            if (inUse == assumed) {
                return answer;
            }
            last = inUse;
            return read(read);
        });
    }
}
