package spillway.chaos.overload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spillway.chaos.site.Unreachable;
import spillway.load.run.Recovery;

/**
 * Ten times what fits for a while, from clients that give up early and send again: is it over when it is over? The trigger and
 * the sustaining effect of <a href="https://doi.org/10.1145/3458336.3465286">Metastable Failures in Distributed Systems</a>
 * (Bronson et al., HotOS 2021).
 */
final class RetryStorm {

    private static final double CALM = 0.7;
    private static final double TIMES = 10;
    private static final int RETRIES = 3;
    /** Of people with a telephone in their hand. Work that nobody waits for any more is what a storm lives on. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final double WITHIN_SECONDS = 30;
    private static final int LONGEST_AFTER = 45;

    private RetryStorm() {}

    static Ending withAdmission(Ground ground) throws Unreachable {
        Course course = new Drive(ground, order(ground, Trial.METASTABLE)).run();
        List<Check> checks = new ArrayList<>();
        checks.add(recovery(course.result().sent().recovery()));
        checks.add(Judgement.order(course));
        checks.addAll(Judgement.always(course));
        return new Ending(course, checks, Judgement.figures(course));
    }

    static Ending without(Ground ground) throws Unreachable, IOException {
        ground.control().admission(false);
        try {
            Course course = new Drive(ground, order(ground, Trial.METASTABLE_OFF)).run();
            List<Check> checks = new ArrayList<>();
            checks.add(recovery(course.result().sent().recovery()));
            checks.addAll(Judgement.always(course));
            return new Ending(course, checks, Judgement.figures(course));
        } finally {
            ground.control().admission(true);
        }
    }

    static Check recovery(Optional<Recovery> recovery) {
        String promise = "goodput back to 95 %% within %.0f s".formatted(WITHIN_SECONDS);
        if (recovery.isEmpty()) {
            return Check.that(promise, false, "not seen");
        }
        Recovery seen = recovery.get();
        return seen.seconds().isEmpty()
                ? Check.that(promise, false, "never")
                : Check.that(
                        promise,
                        seen.seconds().getAsDouble() <= WITHIN_SECONDS,
                        "after %.0f s".formatted(seen.seconds().getAsDouble()));
    }

    private static Order order(Ground ground, Trial trial) {
        Duration length = ground.settings().length(trial);
        Timetable time = Timetable.around(length);
        return Order.of(ground, trial, time.after(Math.min(LONGEST_AFTER, 2 * time.after())), CALM, TIMES)
                .retrying(RETRIES, PATIENCE);
    }
}
