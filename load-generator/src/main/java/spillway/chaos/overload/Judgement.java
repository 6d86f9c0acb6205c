package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;

/** What is asked of every trial, and told of it. */
final class Judgement {

    private static final double AWARE = 0.5;
    private static final int NAMED = 6;
    private static final double WORTH_SAYING = 0.005;
    private static final int DIFFERENCES = 3;

    private Judgement() {}

    /** The books, the oracle, and that the disturbance was what it should be. */
    static List<Check> always(Course course) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.that(
                "books and oracle",
                course.result().verdict().passed() && course.result().drained(),
                course.result().verdict().line().replaceFirst("^Oracle: +", "")
                        + (course.result().drained() ? "" : ", not drained")));
        checks.add(Check.that(
                "no process restarted",
                course.restarted().isEmpty(),
                course.restarted().isEmpty() ? "none" : String.join(", ", course.restarted())));
        String trouble = course.trouble();
        if (trouble != null) {
            checks.add(Check.that("the disturbance was made", false, trouble));
        }
        return checks;
    }

    /** Order of the classes; books that were seen for less than half of the time prove nothing. */
    static Check order(Course course) {
        Inversions inversions = Inversions.in(course.looksDuring());
        boolean seen = inversions.windows() >= AWARE * course.time().during();
        String what = inversions.found().isEmpty()
                ? "0 in %d looks".formatted(inversions.windows())
                : "%d: %s"
                        .formatted(inversions.found().size(), inversions.found().getFirst());
        return Check.that("no inversion of classes", seen && inversions.found().isEmpty(), what);
    }

    /** Those that were spared must not notice. */
    static List<Check> spared(Course course, double wanted) {
        return course.order().spared().stream()
                .map(some -> {
                    Tape tape = course.spared(some.name());
                    OptionalDouble kept = course.during(tape).kept(course.before(tape));
                    return Check.atLeast(some.name() + " kept", wanted, kept);
                })
                .toList();
    }

    static List<String> figures(Course course) {
        List<String> lines = new ArrayList<>();
        PhaseResult during = course.phase(Timetable.DURING);
        Flow sent = course.during(course.tape());
        lines.add("offered     %,.0f/s due, %,.0f/s sent, %,d held back, lag p99 %,.0f ms"
                .formatted(
                        during.perSecond(during.planned()),
                        (double) (sent.offered() - sent.heldBack())
                                / course.time().during(),
                        sent.heldBack(),
                        course.result().lag().p99()));
        lines.add("goodput     %,.0f writes/s before, %,.0f during (worst 5 s %,.0f), %,.0f after"
                .formatted(
                        course.goodput(course.time().warm(), course.time().from()),
                        course.goodput(course.time().from(), course.time().to()),
                        course.worst(5),
                        course.goodput(course.time().to(), course.time().end())));
        for (TrafficClass traffic : TrafficClass.values()) {
            if (during.books().containsKey(traffic)) {
                lines.add(books(traffic, during));
            }
        }
        lines.add("level       up to %.2f; median %.2f".formatted(highest(course), median(course)));
        lines.add("processors  " + processors(course.cpu()));
        if (course.result().sent().retries() > 0) {
            lines.add("retries     %,d at once after a refusal"
                    .formatted(course.result().sent().retries()));
        }
        course.result().verdict().differences().stream()
                .limit(DIFFERENCES)
                .forEach(difference -> lines.add("differs     " + difference.describe()));
        return lines;
    }

    private static String books(TrafficClass traffic, PhaseResult during) {
        var book = during.books().get(traffic);
        var latency = during.latencies().get(traffic);
        return "%-11s %,9d sent %6.2f %% accepted %6.2f %% shed, p99 %,.0f ms"
                .formatted(
                        traffic.label(),
                        book == null ? 0 : book.offered(),
                        book == null ? 0 : 100.0 * book.accepted() / Math.max(1, book.offered()),
                        book == null ? 0 : 100.0 * book.shed() / Math.max(1, book.offered()),
                        latency == null ? 0 : latency.p99());
    }

    private static double highest(Course course) {
        return course.looksDuring().stream().mapToDouble(Look::level).max().orElse(0);
    }

    private static double median(Course course) {
        List<Double> levels =
                course.looksDuring().stream().map(Look::level).sorted().toList();
        return levels.isEmpty() ? 0 : levels.get(levels.size() / 2);
    }

    private static String processors(Map<String, Double> cpu) {
        String processes = cpu.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Processors.STOLEN))
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(NAMED)
                .map(entry -> "%s %.0f%%".formatted(entry.getKey(), 100 * entry.getValue()))
                .collect(Collectors.joining(", "));
        double stolen = cpu.getOrDefault(Processors.STOLEN, 0.0);
        return stolen < WORTH_SAYING ? processes : processes + "; stolen by the host %.0f%%".formatted(100 * stolen);
    }
}
