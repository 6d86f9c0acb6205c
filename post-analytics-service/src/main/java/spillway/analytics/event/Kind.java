package spillway.analytics.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened. The names are part of the stored format and of the API. */
public enum Kind {
    LIKES,
    UNLIKES,
    SHARES,
    UNSHARES,
    VIEWS,
    POSTS,
    EDITS,
    DELETIONS,
    COMMENTS,
    COMMENT_DELETIONS;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The one spelling in the store and on the wire, such as {@code comment-deletions}. */
    @JsonValue
    public String word() {
        return word;
    }

    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findAny();
    }
}
