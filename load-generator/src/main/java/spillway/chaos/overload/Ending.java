package spillway.chaos.overload;

import java.util.List;

/**
 * What a trial came to.
 *
 * @param figures lines that say more
 */
record Ending(Course course, List<Check> checks, List<String> figures) {

    Ending {
        checks = List.copyOf(checks);
        figures = List.copyOf(figures);
    }

    Trial trial() {
        return course.order().trial();
    }

    /** Whether every promise was kept; what is only shown cannot break any. */
    boolean passed() {
        return !trial().isJudged() || checks.stream().allMatch(Check::kept);
    }
}
