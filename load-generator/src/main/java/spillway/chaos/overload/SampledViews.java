package spillway.chaos.overload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import spillway.chaos.overload.Look.Books;
import spillway.chaos.overload.Look.Cause;
import spillway.chaos.overload.Look.Rank;
import spillway.chaos.site.Door;
import spillway.chaos.site.Unreachable;
import spillway.chaos.site.Wait;
import spillway.load.plan.Mix;
import spillway.load.plan.TrafficClass;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Views of one post while one in up to ten is let in: is what they stand for what came?
 *
 * <p>What came is known without the counts: each view was let in, refused, a repetition, or one that another stands for, and
 * the gateway's ledger says how many were which. The level is held up by likes that nobody counts, because the batcher is
 * stopped: their age presses it to 2, where views weigh most and are not refused.
 */
final class SampledViews {

    /** So many different people, since a second view of the same one within five seconds is none. */
    private static final int PEOPLE = 20_000;

    private static final Mix MIX = Mix.parse("views=97,likes=3");
    private static final double MOST_PER_SECOND = 5_000;
    /** Likes press from the tenth second on, and a level takes a while to rise. */
    private static final Duration SHORTEST = Duration.ofSeconds(25);

    private static final double OFF = 0.02;
    private static final long ENOUGH = 100_000;
    private static final Duration COUNTED = Duration.ofSeconds(30);

    /** @param truth views that came, without those refused and repeated */
    record Estimate(long views, long margin, long truth) {

        /** @param counts as {@code GET /v1/posts/{id}/metrics} answers them */
        static Estimate of(JsonNode counts, long truth) {
            return new Estimate(
                    SampledViews.views(counts), counts.path("viewsMargin").asLong(0), truth);
        }

        double off() {
            return truth == 0 ? 1 : (double) (views - truth) / truth;
        }

        boolean isWithinMargin() {
            return Math.abs(views - truth) <= margin;
        }
    }

    private SampledViews() {}

    static Ending run(Ground ground) throws Unreachable, IOException {
        Duration length = ground.settings().length(Trial.SAMPLING);
        Timetable time = Timetable.around(length.compareTo(SHORTEST) < 0 ? SHORTEST : length);
        double rate = Math.min(MOST_PER_SECOND, ground.rate(1));
        Order order = Order.onePost(ground, Trial.SAMPLING, time, PEOPLE, MIX, rate)
                .disturbedBy(new StandStill(ground.processes(), "batcher"), List.of());
        Books before = views(ground);
        Course course = new Drive(ground, order).run();
        Books came = views(ground).minus(before);
        Estimate estimate = estimate(ground, course, came);
        List<Check> checks = new ArrayList<>(checks(estimate, length.compareTo(Trial.SAMPLING.length()) >= 0));
        checks.addAll(Judgement.always(course));
        List<String> figures = new ArrayList<>(Judgement.figures(course));
        figures.add("views       %,d came, %,d let in, %,d repetitions, %,d refused"
                .formatted(
                        came.offered(),
                        came.offered() - came.shed(Cause.values()),
                        came.shed(Cause.COALESCED),
                        came.shed(Cause.LEVEL, Cause.LIMIT, Cause.QUEUE_FULL)));
        return new Ending(course, checks, figures);
    }

    static List<Check> checks(Estimate estimate, boolean whole) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.that(
                "views within %s of the truth".formatted(Check.percent(OFF)),
                Math.abs(estimate.off()) <= OFF,
                "%,d for %,d: %+.2f %%".formatted(estimate.views(), estimate.truth(), 100 * estimate.off())));
        checks.add(Check.that(
                "views within their margin", estimate.isWithinMargin(), "margin %,d".formatted(estimate.margin())));
        checks.add(Check.that("views were sampled", estimate.margin() > 0, estimate.margin() > 0 ? "yes" : "no"));
        if (whole) {
            checks.add(Check.that(
                    "at least %,d views".formatted(ENOUGH),
                    estimate.truth() >= ENOUGH,
                    "%,d".formatted(estimate.truth())));
        }
        return checks;
    }

    private static Books views(Ground ground) throws IOException {
        return Look.of(0, ground.control().meters("gateway")).of(Rank.VIEWS);
    }

    /** What was accepted, as the clients were told, and what it stood in for, as the ledger says. */
    private static Estimate estimate(Ground ground, Course course, Books came) {
        long accepted = course.tape()
                .between(0, course.tape().length(), Set.of(TrafficClass.VIEWS))
                .accepted();
        long truth = accepted + came.shed(Cause.SAMPLED);
        String post = Objects.requireNonNull(course.tape().posts().get(0), "the post was not made");
        AtomicReference<JsonNode> counts = new AtomicReference<>(MissingNode.getInstance());
        try (Door door = new Door(ground.site().url("gateway"))) {
            Wait.until(
                    () -> {
                        long last = views(counts.get());
                        counts.set(read(door, post));
                        return last > 0 && last == views(counts.get());
                    },
                    COUNTED);
        }
        return Estimate.of(counts.get(), truth);
    }

    private static long views(JsonNode counts) {
        return counts.path("views").path("value").asLong(0);
    }

    private static JsonNode read(Door door, String post) {
        Wait.during(Duration.ofSeconds(1));
        try {
            return door.send(
                            Door.Request.of("GET", "/v1/posts/" + post + "/metrics"), new Door.Caller(1_000_001, false))
                    .body();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
