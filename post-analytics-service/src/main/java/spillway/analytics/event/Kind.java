package spillway.analytics.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened, and how one event of the kind is told from another. The names are part of the stored format and of the API. */
public enum Kind {
    LIKES(Identity.PLACE),
    UNLIKES(Identity.PLACE),
    SHARES(Identity.PLACE),
    UNSHARES(Identity.PLACE),
    VIEWS(Identity.PLACE),
    POSTS(Identity.OWN),
    EDITS(Identity.OWN),
    DELETIONS(Identity.OWN),
    COMMENTS(Identity.OWN),
    COMMENT_DELETIONS(Identity.OWN);

    /** What an event's id is. */
    public enum Identity {
        /** Where its record stands in the log: one record, one event. */
        PLACE,
        /** Given by whoever wrote the record, and the same in each delivery: several records may be one event. */
        OWN
    }

    private final Identity identity;
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Kind(Identity identity) {
        this.identity = identity;
    }

    public Identity identity() {
        return identity;
    }

    /** The one spelling in the store and on the wire, such as {@code comment-deletions}. */
    @JsonValue
    public String word() {
        return word;
    }

    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findAny();
    }
}
