package spillway.monolith.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a list.
 *
 * @param next cursor of the piece after it, null when there is none
 * @param incomplete shards that did not answer: never any here, part of the platform's form
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String next, List<Integer> incomplete) {

    public Page {
        items = List.copyOf(items);
        incomplete = List.copyOf(incomplete);
    }

    /**
     * Makes a piece of what was found when asking for one item more than fits: the surplus tells that there is a next.
     *
     * @param limit items that fit, at least 1
     */
    public static <T> Page<T> of(List<T> found, int limit, ToLongFunction<T> id) {
        if (found.size() <= limit) {
            return new Page<>(found, null, List.of());
        }
        List<T> items = found.subList(0, limit);
        String next = new Cursor(id.applyAsLong(items.getLast())).toString();
        return new Page<>(items, next, List.of());
    }
}
