package spillway.chaos;

import java.util.SplittableRandom;
import spillway.load.plan.Zipf;

/**
 * The traffic: one intent after the other, a pure function of the seed. Half of it goes to one hot post, the rest is spread
 * as in a feed; a fifth takes likes back, where it can one that was wanted not long before. Not thread-safe.
 */
final class LikePlan {

    private static final double UNLIKES = 0.2;
    private static final double HOT = 0.5;
    private static final int REMEMBERED = 10_000;

    private final Crowd crowd;
    private final SplittableRandom random;
    private final Zipf zipf;
    private final int[] liked = new int[REMEMBERED];
    private int likes;

    LikePlan(long seed, Crowd crowd) {
        this.crowd = crowd;
        this.random = new SplittableRandom(seed);
        this.zipf = new Zipf(crowd.posts() - 1);
    }

    /** The next intent of somebody who speaks through the edge. */
    Intent next() {
        return next(crowd.singles(), crowd.users());
    }

    /** The next intent of somebody who speaks for themselves. */
    Intent nextSingle() {
        return next(0, crowd.singles());
    }

    private Intent next(int from, int to) {
        boolean like = random.nextDouble() >= UNLIKES;
        int user = from + random.nextInt(to - from);
        if (random.nextDouble() < HOT) {
            return new Intent(crowd.pair(0, user), like);
        }
        if (!like && from > 0 && likes > 0) {
            return new Intent(liked[random.nextInt(Math.min(likes, REMEMBERED))], false);
        }
        int pair = crowd.pair(1 + zipf.draw(random), user);
        if (like && from > 0) {
            liked[likes++ % REMEMBERED] = pair;
        }
        return new Intent(pair, like);
    }
}
