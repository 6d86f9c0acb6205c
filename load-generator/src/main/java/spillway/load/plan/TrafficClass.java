package spillway.load.plan;

import java.util.Locale;

/** A class of traffic: each has its own books and its own latencies. */
public enum TrafficClass {
    POSTS,
    COMMENTS,
    LIKES,
    VIEWS,
    READS;

    /** The name people read, for example {@code likes}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
