package spillway.content.post;

import java.util.Arrays;

/**
 * The header If-Match of RFC 9110: which versions of a post a change may start from.
 *
 * @param value as sent: {@code *} or a list of entity tags
 */
record IfMatch(String value) {

    /** Whether one of the tags is exactly this version's; weak tags never are, as the RFC asks. */
    boolean allows(long version) {
        String own = "\"" + version + "\"";
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(own));
    }
}
