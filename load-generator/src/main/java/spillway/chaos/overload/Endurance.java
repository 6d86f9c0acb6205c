package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import spillway.chaos.site.Unreachable;

/** Four times what fits for as long as somebody cares to wait: nothing may grow. */
final class Endurance {

    private static final double CALM = 0.5;
    private static final double TIMES = 4;
    private static final double MEGABYTE = 1 << 20;

    private Endurance() {}

    static Ending run(Ground ground) throws Unreachable {
        Timetable time = Timetable.around(ground.settings().length(Trial.LONG));
        Course course = new Drive(ground, Order.of(ground, Trial.LONG, time, CALM, TIMES)).run();
        List<Check> checks = new ArrayList<>();
        for (String service : Watch.SERVICES) {
            List<Memory> seen = during(course, course.memory().getOrDefault(service, List.of()));
            checks.add(flat(service + ": heap", seen, Memory::heap, MEGABYTE, " MB"));
            checks.add(flat(service + ": buffers", seen, Memory::direct, MEGABYTE, " MB"));
            checks.add(flat(service + ": threads", seen, Memory::threads, 1, ""));
        }
        checks.addAll(Judgement.always(course));
        return new Ending(course, checks, Judgement.figures(course));
    }

    /** In the disturbance, without its first fifth, in which pools fill. */
    private static List<Memory> during(Course course, List<Memory> seen) {
        double from = course.time().from() + course.time().during() / 5.0;
        return seen.stream()
                .filter(held -> held.at() >= from && held.at() < course.time().to())
                .toList();
    }

    static Check flat(String what, List<Memory> seen, ToDoubleFunction<Memory> value, double unit, String name) {
        Trend trend = Trend.of(seen.stream().map(value::applyAsDouble).toList());
        return Check.that(
                what + " flat",
                !seen.isEmpty() && trend.isFlat(),
                seen.isEmpty()
                        ? "not seen"
                        : "%,.0f%s, %+.1f in the end, noise %.1f"
                                .formatted(trend.level() / unit, name, trend.growth() / unit, trend.noise() / unit));
    }
}
