package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import spillway.chaos.site.Unreachable;

/** Peers that only hold what they were given: others must not notice, and what they hold must be little. */
final class SlowPeers {

    private static final double CALM = 0.5;
    private static final double KEPT = 0.95;
    private static final double THREADS = 4;
    /** Bytes of heap that a connection may cost. */
    private static final double PER_CONNECTION = 8 * 1024;

    private SlowPeers() {}

    static Ending run(Ground ground) throws Unreachable {
        Timetable time = Timetable.around(ground.settings().length(Trial.SLOW_CLIENTS));
        IdlePeers peers = new IdlePeers(ground.site().port("gateway"));
        Order order = Order.of(ground, Trial.SLOW_CLIENTS, time, CALM, CALM)
                .disturbedBy(peers, List.of(new Spared("goodput", operation -> true)));
        Course course = new Drive(ground, order).run();
        List<Check> checks = new ArrayList<>(Judgement.spared(course, KEPT));
        checks.add(held("gateway's threads flat", threads(course, true), threads(course, false), THREADS, 1));
        checks.add(held(
                "gateway's heap bounded",
                heap(course, true),
                heap(course, false),
                PER_CONNECTION * Math.max(1, peers.idle()),
                1 << 20));
        checks.addAll(Judgement.always(course));
        List<String> figures = new ArrayList<>(Judgement.figures(course));
        figures.add("peers       " + peers.describe());
        return new Ending(course, checks, figures);
    }

    private static Check held(String promise, double before, double during, double more, int unit) {
        return Check.that(
                promise,
                before > 0 && during <= before + more,
                "%,.0f before, %,.0f during%s".formatted(before / unit, during / unit, unit > 1 ? " MB" : ""));
    }

    private static double threads(Course course, boolean before) {
        return in(course, before).stream()
                .mapToDouble(look -> look.memory().threads())
                .max()
                .orElse(0);
    }

    /** The least of it, which is nearest to what stays. */
    private static double heap(Course course, boolean before) {
        return in(course, before).stream()
                .mapToDouble(look -> look.memory().heap())
                .min()
                .orElse(0);
    }

    private static List<Look> in(Course course, boolean before) {
        int from = before ? course.time().warm() : course.time().from() + 1;
        int to = before ? course.time().from() : course.time().to();
        return course.looks().stream()
                .filter(look -> look.at() >= from && look.at() < to)
                .toList();
    }
}
