package spillway.lab.shards.sample;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import spillway.load.plan.Zipf;

/** How users got their ids, and which of them write. */
public enum Population {
    /** Ids at random from all there are; all write alike. */
    UNIFORM("all users write alike") {
        @Override
        IntToLongFunction writers(int users, int writes, SplittableRandom random) {
            long[] ids = random.longs(users, 1, Long.MAX_VALUE).toArray();
            return write -> ids[random.nextInt(users)];
        }
    },
    /** Ids in no order; the second writes half as much as the first, the third a third. */
    ZIPF("a few users write most (Zipf)") {
        @Override
        IntToLongFunction writers(int users, int writes, SplittableRandom random) {
            long[] ids = random.longs(users, 1, Long.MAX_VALUE).toArray();
            Zipf zipf = new Zipf(users);
            return write -> ids[zipf.draw(random)];
        }
    },
    /** Ids count up as users join, at a constant rate; the newest hundredth writes. */
    ORDERED("the newest users write, ids count up") {
        @Override
        IntToLongFunction writers(int users, int writes, SplittableRandom random) {
            int newest = Math.max(1, users / 100);
            return write -> {
                long joined = 1 + (long) write * (users - 1) / writes;
                return Math.max(1, joined - random.nextInt(newest));
            };
        }
    };

    private final String title;

    Population(String title) {
        this.title = title;
    }

    /** The user of each write, asked for in order. */
    abstract IntToLongFunction writers(int users, int writes, SplittableRandom random);

    String title() {
        return title;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
