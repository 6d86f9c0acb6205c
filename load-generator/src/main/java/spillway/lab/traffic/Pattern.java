package spillway.lab.traffic;

import java.util.Locale;

/** What is written, and how it is spread. Every like is a new one: its user did not like its post before. */
public enum Pattern {
    /** All likes on one post; when everybody has liked it, on the next one. */
    HOT("likes, one hot post", 100, 1),
    /** As in a feed: the second post gets half of what the first gets, the third a third. */
    ZIPF("likes, Zipf", 300, 0.16),
    /** Each like on another post than the one before. */
    SPREAD("likes, spread", 300, 1.0 / 300),
    /** New posts, their authors one after the other. */
    POSTS("new posts", 1, 0),
    /** Requests like those of likes on one hot post, which the gateway answers itself: what it costs alone. */
    KNOCKS("empty answers", 1, 0);

    private final String title;
    private final int posts;
    private final double hottest;

    Pattern(String title, int posts, double hottest) {
        this.title = title;
        this.posts = posts;
        this.hottest = hottest;
    }

    public String title() {
        return title;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which part of the likes the hottest post gets, 0 to 1. */
    public double hottest() {
        return hottest;
    }

    /** Posts published before the traffic begins. */
    public int posts() {
        return posts;
    }
}
