package spillway.gateway.quota;

import java.util.Locale;
import spillway.gateway.ledger.TrafficClass;

/** Classes of traffic that share a quota. */
enum Group {
    POSTS,
    LIKES,
    VIEWS,
    READS;

    /** A write to a path of no class, or to one that only looks so, is counted where least is allowed. */
    static Group of(TrafficClass traffic) {
        return switch (traffic) {
            case POST, COMMENT, OTHER -> POSTS;
            case LIKE, SHARE -> LIKES;
            case VIEW -> VIEWS;
            case READ -> READS;
        };
    }

    /** As clients see it in the name of a policy. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
