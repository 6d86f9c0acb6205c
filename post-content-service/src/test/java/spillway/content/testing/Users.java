package spillway.content.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/** New users, each asked for by the shard that the first shard map of eight gives their slot. */
public final class Users {

    public static final int SHARDS = 8;

    private static final AtomicLong LAST = new AtomicLong(1_000);

    private Users() {}

    public static UserId any() {
        return new UserId(LAST.incrementAndGet());
    }

    public static UserId onShard(int shard) {
        while (true) {
            UserId user = any();
            if (shardOf(user.slot()) == shard) {
                return user;
            }
        }
    }

    /** Of this slot or a later one of its shard. */
    public static UserId withSlotOf(int slot) {
        while (true) {
            UserId user = any();
            if (user.slot().number() >= slot && shardOf(user.slot()) == shardOf(new Slot(slot))) {
                return user;
            }
        }
    }

    /** One of each shard, in their order. */
    public static List<UserId> onEveryShard() {
        return IntStream.range(0, SHARDS).mapToObj(Users::onShard).toList();
    }

    public static int shardOf(Slot slot) {
        return slot.number() * SHARDS / Slot.COUNT;
    }
}
