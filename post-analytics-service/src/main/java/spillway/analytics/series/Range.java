package spillway.analytics.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;

/**
 * The whole steps of a series.
 *
 * @param from start of the first step
 * @param to end of the last step
 */
record Range(Instant from, Instant to, Step step) {

    /** How far from now a series may end: enough for a caller whose clock is ahead. */
    private static final Duration FUTURE = Duration.ofDays(1);

    private static final Duration BY_DEFAULT = Duration.ofHours(1);

    /**
     * The range that covers what was asked for.
     *
     * @param from inclusive; null is an hour before the end
     * @param to exclusive; null is now
     * @throws BadSeries when it is empty, too long for the step, or not of this age
     */
    static Range covering(@Nullable Instant from, @Nullable Instant to, Step step, Instant now) {
        Instant end = to == null ? now : to;
        if (end.isBefore(PostId.EPOCH) || end.isAfter(now.plus(FUTURE))) {
            throw new BadSeries("to must lie between " + PostId.EPOCH + " and tomorrow.");
        }
        Instant start = from == null ? end.minus(BY_DEFAULT) : from;
        if (!start.isBefore(end)) {
            throw new BadSeries("from must be before to.");
        }
        // Before anything is computed with it: an instant can be a billion years ago.
        if (start.isBefore(end.minus(step.longest()))) {
            throw new BadSeries("A series by " + step.word() + " is at most "
                    + step.longest().toHours() + " hours long.");
        }
        Instant first = start.truncatedTo(step.unit());
        Instant last = end.truncatedTo(step.unit());
        return new Range(first, last.equals(end) ? last : last.plus(step.unit().getDuration()), step);
    }

    /** One point per step, zero where nothing happened. */
    List<Point> points(SortedMap<Instant, Long> perMinute) {
        List<Point> points = new ArrayList<>();
        Instant at = from;
        while (at.isBefore(to)) {
            Instant next = at.plus(step.unit().getDuration());
            long count = perMinute.subMap(at, next).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            points.add(new Point(at, count));
            at = next;
        }
        return points;
    }

    /**
     * How much happened in one step.
     *
     * @param at start of the step
     */
    record Point(Instant at, long count) {}
}
