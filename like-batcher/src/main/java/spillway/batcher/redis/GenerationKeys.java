package spillway.batcher.redis;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.dao.DataAccessException;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Generations;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;

/** The key that says which generations there are, and the numbers for new ones. Thread-safe. */
public final class GenerationKeys {

    private static final Script CHANGE = Script.of("""
            if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] then
              return 0
            end
            redis.call('SET', KEYS[1], ARGV[2])
            return 1
            """);

    private final RedisLink redis;
    private final byte[] present;
    private final byte[] numbers;

    /** @param layout that of generation 0 */
    public GenerationKeys(CounterLayout layout, RedisLink redis) {
        this.redis = redis;
        this.present = Generations.key(layout);
        this.numbers = bytes(layout.prefix() + "counters:generations");
    }

    public CompletionStage<Generations> read() {
        try {
            return redis.async().get(present).thenApply(Generations::parse);
        } catch (DataAccessException away) {
            return CompletableFuture.failedFuture(away);
        }
    }

    /** Whether they were still the expected ones, and are now the next. */
    public CompletionStage<Boolean> change(Generations expected, Generations next) {
        return CHANGE.<Long>call(
                        redis.async(),
                        ScriptOutputType.INTEGER,
                        new byte[][] {present},
                        bytes(expected.toString()),
                        bytes(next.toString()))
                .thenApply(changed -> changed == 1);
    }

    /** A number above all that were ever given, and above those in use in a Redis that lost the last ones. */
    public CompletionStage<Integer> unused(Generations present) {
        return redis.async()
                .incr(numbers)
                .thenCompose(number -> number > present.next()
                        ? CompletableFuture.completedFuture(Math.toIntExact(number))
                        : redis.async()
                                .set(numbers, bytes(Integer.toString(present.next())))
                                .thenCompose(set -> unused(present)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
