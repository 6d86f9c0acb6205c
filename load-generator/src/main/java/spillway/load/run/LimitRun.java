package spillway.load.run;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import spillway.load.limit.Limit;
import spillway.load.limit.LimitSearch;
import spillway.load.plan.Part;
import spillway.load.plan.Phase;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;

/**
 * Searches the highest constant rate of a scenario's traffic that a target carries; of its shape only the warm-up is
 * used. Tokens are fetched and posts published once; each trial begins when the one before has drained, or {@link #SETTLE} later; the oracle judges all of them.
 */
public final class LimitRun {

    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final int WARM_UP_PERCENT = 25;

    private final Scenario scenario;
    private final RunOptions options;
    private final LimitSearch search;
    private final Duration trial;
    private volatile @Nullable Session session;
    private int madeBefore;
    private long trials;

    /**
     * What the search found, and what the oracle says of all that was sent for it.
     *
     * @param run its {@code sent} is that of the last trial
     */
    public record Found(Limit<Sent> limit, RunResult run) {}

    /** @param trial how long one trial lasts, of which the first quarter is not measured */
    public LimitRun(Scenario scenario, RunOptions options, LimitSearch search, Duration trial) {
        this.scenario = scenario;
        this.options = options;
        this.search = search;
        this.trial = trial;
    }

    public Snapshot snapshot() {
        Session current = session;
        return current == null ? Snapshot.BEGINNING : current.snapshot();
    }

    /** @throws TargetUnreachable when the run could not begin; whatever happens later is part of what was found */
    public Found execute(Predicate<Sent> passes) throws TargetUnreachable {
        try (Session running = new Session(scenario, options)) {
            session = running;
            running.begin();
            running.send(before(), null);
            Limit<Sent> limit = search.search(rate -> attempt(running, rate), passes, sent -> sent.lost() != null);
            return new Found(limit, running.conclude());
        }
    }

    /** Publishing, and the scenario's warm-up, so that the first trial does not meet a cold system. */
    private List<Part> before() {
        List<Phase> warmUp =
                scenario.shape().phases().stream().filter(Phase::warmUp).toList();
        warmUp.forEach(phase -> madeBefore += mostMade(phase.rate(), phase.length()));
        return warmUp.isEmpty()
                ? List.of(scenario.publishing())
                : List.of(
                        scenario.publishing(),
                        scenario.again(scenario.seed(), 0, new Shape(warmUp)).browsing());
    }

    private Sent attempt(Session running, double rate) {
        if (trials > 0) {
            running.settle(SETTLE);
        }
        String name = "%,.0f/s".formatted(rate);
        Duration warmUp = trial.multipliedBy(WARM_UP_PERCENT).dividedBy(100);
        Shape shape = new Shape(List.of(Phase.warmUp(name, warmUp, rate), new Phase(name, trial.minus(warmUp), rate)));
        Scenario next = scenario.again(scenario.seed() + ++trials, madeBefore, shape);
        madeBefore += mostMade(rate, trial);
        return running.send(List.of(next.browsing()), null);
    }

    /** More posts than can be made in that time: numbers only have to differ. */
    private static int mostMade(double rate, Duration length) {
        return (int) (2 * rate * (length.toSeconds() + 1)) + 1_000;
    }
}
