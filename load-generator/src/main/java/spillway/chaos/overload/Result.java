package spillway.chaos.overload;

import java.util.List;

/**
 * What a run came to.
 *
 * @param capacity writes per second
 */
record Result(OverloadSettings settings, double capacity, List<Ending> endings) {

    Result {
        endings = List.copyOf(endings);
    }

    boolean passed() {
        return endings.stream().allMatch(Ending::passed);
    }
}
