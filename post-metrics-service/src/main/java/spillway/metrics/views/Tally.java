package spillway.metrics.views;

/**
 * A sum of views of which some stand for several, and how uncertain that makes it.
 *
 * <p>Whoever keeps one view of {@code w} on average, by chance and each for itself, and lets it stand for {@code w}, gets a
 * sum whose expectation is the truth (Horvitz and Thompson, 1952). What it varies by is estimated, without bias, from the
 * views that were kept: each adds {@code w * (w - 1)}.
 *
 * @param views as many as there probably were
 * @param variance of that number, estimated; 0 while nothing was sampled
 */
record Tally(long views, long variance) {

    static final Tally NONE = new Tally(0, 0);

    /** The most that one view may stand for. */
    static final int MOST_WEIGHT = 16;

    /** So many of the errors are within the margin: 95 of 100. */
    private static final double Z = 1.96;

    Tally {
        if (views < 0 || variance < 0) {
            throw new IllegalArgumentException("no tally: " + views + " views, variance " + variance);
        }
    }

    /** Views of which each was counted. */
    static Tally counted(long views) {
        return new Tally(views, 0);
    }

    /** One view that stands for so many, from 1 to {@value #MOST_WEIGHT}. */
    static Tally weighing(int weight) {
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException("weight must be from 1 to " + MOST_WEIGHT);
        }
        return new Tally(weight, (long) weight * (weight - 1));
    }

    Tally plus(Tally other) {
        return new Tally(views + other.views, variance + other.variance);
    }

    /** Half the width of the interval that contains the truth in 95 of 100 cases, rounded up. */
    long margin() {
        return (long) Math.ceil(Z * Math.sqrt((double) variance));
    }
}
