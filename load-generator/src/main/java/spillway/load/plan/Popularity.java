package spillway.load.plan;

import java.util.Locale;

/** Which posts people turn to: how the crowd spreads in general, and what part of it comes for a few posts only. */
public enum Popularity {
    /** Nearly all of the traffic on one post, all the time. */
    HOT(90, 1, true),
    /** As in a feed: the second post gets half of what the first gets, the third a third. */
    ZIPF(0, 0, true),
    /** Every post alike. */
    SPREAD(0, 0, true),
    /** As in a feed, and in a surge a third comes for one post. */
    VIRAL(33, 1, false),
    /** As in a feed, and in a surge most come for the ten posts of one author, who has one slot and one shard. */
    CELEBRITY(70, 10, false);

    private final int percent;
    private final int focused;
    private final boolean always;

    /**
     * @param percent of the traffic that comes for a few posts
     * @param focused how many those are: the first ones, all by one author
     * @param always whether it does so outside surges, too
     */
    Popularity(int percent, int focused, boolean always) {
        this.percent = percent;
        this.focused = focused;
        this.always = always;
    }

    int percentInFocus(boolean surge) {
        return always || surge ? percent : 0;
    }

    int postsInFocus() {
        return focused;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
