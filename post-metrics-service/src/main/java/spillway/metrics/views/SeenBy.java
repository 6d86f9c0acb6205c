package spillway.metrics.views;

/**
 * One view of a post.
 *
 * @param viewer a user's id
 * @param weight how many views it stands for, from 1 to {@value Tally#MOST_WEIGHT}
 */
record SeenBy(long viewer, int weight) {

    SeenBy {
        if (weight < 1 || weight > Tally.MOST_WEIGHT) {
            throw new IllegalArgumentException("weight must be from 1 to " + Tally.MOST_WEIGHT);
        }
    }
}
