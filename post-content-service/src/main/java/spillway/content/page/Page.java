package spillway.content.page;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest first.
 *
 * @param next cursor of the next page, null when this is the last
 * @param incomplete shards that did not answer, so their items are missing; empty when the page is whole
 */
public record Page<T>(List<T> items, @Nullable String next, List<Integer> incomplete) {

    /** Items when the caller names no limit. */
    public static final String DEFAULT_LIMIT = "20";

    /** Most items of a page. */
    public static final int MAX_LIMIT = 100;

    public Page {
        items = List.copyOf(items);
        incomplete = List.copyOf(incomplete);
    }

    /**
     * Cuts a page from what was found.
     *
     * @param found up to {@code limit + 1} items in order: one more than shown tells that there is a next page
     */
    public static <T> Page<T> of(
            List<T> found, int limit, Cursor cursor, ToLongFunction<T> id, List<Integer> incomplete) {
        if (found.size() <= limit) {
            return new Page<>(found, null, incomplete);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursor.after(id.applyAsLong(items.getLast())), incomplete);
    }
}
