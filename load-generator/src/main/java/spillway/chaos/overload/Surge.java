package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import spillway.chaos.site.Unreachable;
import spillway.load.oracle.Book;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;
import spillway.load.run.Quantiles;

/** Many times what fits: posts hardly notice, as much is done as ever, and what is owed is forecast. */
final class Surge {

    private static final double CALM = 0.5;
    private static final double POSTS = 0.999;
    private static final double POSTS_MILLIS = 250;
    private static final double GOODPUT = 0.9;
    private static final double FORECAST = 0.2;

    private Surge() {}

    /** @param times the capacity */
    static Ending of(Ground ground, Trial trial, double times) throws Unreachable {
        Timetable time = Timetable.around(ground.settings().length(trial));
        Course course = new Drive(ground, Order.of(ground, trial, time, CALM, times)).run();
        List<Check> checks = new ArrayList<>(posts(course.phase(Timetable.DURING)));
        checks.add(goodput(course, ground.capacity()));
        checks.add(Judgement.order(course));
        checks.add(forecast(Forecasts.of(course.pressed(), time.to())));
        checks.addAll(Judgement.always(course));
        return new Ending(course, checks, Judgement.figures(course));
    }

    static List<Check> posts(PhaseResult during) {
        Book book = during.books().getOrDefault(TrafficClass.POSTS, Book.EMPTY);
        Quantiles latency = during.latencies().get(TrafficClass.POSTS);
        return List.of(
                Check.atLeast(
                        "posts accepted",
                        POSTS,
                        book.offered() == 0
                                ? OptionalDouble.empty()
                                : OptionalDouble.of((double) book.accepted() / book.offered())),
                Check.that(
                        "posts p99 <= %.0f ms".formatted(POSTS_MILLIS),
                        latency != null && latency.count() > 0 && latency.p99() <= POSTS_MILLIS,
                        latency == null ? "not seen" : "%,.0f ms".formatted(latency.p99())));
    }

    /** Writes accepted; a view that stands for others counts once. */
    static Check goodput(Course course, double capacity) {
        double during = course.goodput(course.time().from(), course.time().to());
        return Check.atLeast("goodput of the capacity", GOODPUT, OptionalDouble.of(during / capacity));
    }

    /** Nothing to forecast is a promise kept. */
    static Check forecast(Forecasts forecasts) {
        String promise = "drain forecast within %s".formatted(Check.percent(FORECAST));
        if (forecasts.most() < Forecasts.WORTH) {
            return Check.that(promise, true, "drained in %.1f s: nothing to forecast".formatted(forecasts.most()));
        }
        if (forecasts.first().isEmpty() || forecasts.median().isEmpty()) {
            return Check.that(promise, false, "none was made, and draining took %.1f s".formatted(forecasts.most()));
        }
        double first = forecasts.first().getAsDouble();
        return Check.that(
                promise,
                Math.abs(first) <= FORECAST,
                "%+.0f %%, median of %d %.0f %%, drain %.1f s"
                        .formatted(
                                100 * first,
                                forecasts.made(),
                                100 * forecasts.median().getAsDouble(),
                                forecasts.most()));
    }
}
