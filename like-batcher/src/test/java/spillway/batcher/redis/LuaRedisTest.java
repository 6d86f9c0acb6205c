package spillway.batcher.redis;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import spillway.batcher.collapse.CounterStore;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;

class LuaRedisTest implements StoreContract {

    private static final CounterLayout LAYOUT = new CounterLayout("", 1);

    private final LuaRedis redis = new LuaRedis(LuaRedis.deployedScript());

    @Override
    public CounterStore store() {
        return redis;
    }

    @Override
    public Map<Long, Long> counts() {
        return redis.counts(0, BUCKET);
    }

    @Override
    public Set<String> members() {
        return redis.members(0, POST);
    }

    @Override
    public void spoilMembers() {
        redis.put(LAYOUT.members(CounterFamily.LIKES, 0, POST), "text");
    }

    @Override
    public byte[][] keys(boolean sequences) {
        return Stream.of(
                        LAYOUT.watermark(CounterFamily.LIKES, 0, BUCKET),
                        LAYOUT.counts(CounterFamily.LIKES, 0, BUCKET),
                        LAYOUT.members(CounterFamily.LIKES, 0, POST),
                        LAYOUT.sequences(CounterFamily.LIKES, 0, POST))
                .limit(sequences ? 4 : 3)
                .toArray(byte[][]::new);
    }

    @Override
    public void run(byte[][] keys, byte[][] arguments) {
        throw new IllegalStateException(redis.run(keys, arguments).toString());
    }
}
