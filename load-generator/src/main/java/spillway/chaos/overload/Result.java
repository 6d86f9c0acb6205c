package spillway.chaos.overload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param capacity writes per second
 * @param stuck the trial before which the stack did not calm down, so that there was no sense in going on; null when it did
 */
record Result(
        OverloadSettings settings,
        double capacity,
        Cores cores,
        List<Ending> endings,
        @Nullable Trial stuck) {

    Result {
        endings = List.copyOf(endings);
    }

    boolean passed() {
        return stuck == null && endings.stream().allMatch(Ending::passed);
    }
}
