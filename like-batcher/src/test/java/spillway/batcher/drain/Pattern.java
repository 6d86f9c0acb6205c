package spillway.batcher.drain;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import spillway.platform.id.Hash64;

/** How likes spread over posts. */
enum Pattern {
    /** Nine of ten likes on one post, the others over a thousand. */
    VIRAL(1_001) {
        @Override
        double weight(int rank) {
            return rank == 0 ? 9_000 : 1;
        }
    },
    /** Popularity falls with rank to the power of 1.1. */
    ZIPF(20_000) {
        @Override
        double weight(int rank) {
            return Math.pow(rank + 1, -1.1);
        }
    };

    private final int posts;

    Pattern(int posts) {
        this.posts = posts;
    }

    abstract double weight(int rank);

    int posts() {
        return posts;
    }

    /** As long as the ids of posts are. */
    static long postId(int rank) {
        return Hash64.mix(rank) & Long.MAX_VALUE;
    }

    /** Draws ranks from 0. */
    Ranks ranks(RandomGenerator random) {
        double[] upTo = new double[posts];
        double sum = 0;
        for (int rank = 0; rank < posts; rank++) {
            sum += weight(rank);
            upTo[rank] = sum;
        }
        return () -> {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[posts - 1]);
            return found < 0 ? -found - 1 : found;
        };
    }

    /** An endless sequence of ranks. */
    interface Ranks {
        int next();
    }
}
