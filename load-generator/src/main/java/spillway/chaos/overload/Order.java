package spillway.chaos.overload;

import java.time.Duration;
import java.util.List;
import spillway.load.plan.Mix;
import spillway.load.plan.Popularity;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;

/**
 * The traffic of a trial, and what is done beside it.
 *
 * @param patience how long clients wait for an answer
 * @param naiveRetries how often they send again at once what was refused or not answered
 */
record Order(
        Trial trial,
        Timetable time,
        Scenario scenario,
        Duration patience,
        int naiveRetries,
        Disturbance disturbance,
        List<Spared> spared) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    Order {
        spared = List.copyOf(spared);
    }

    /** Of the usual crowd, with so many times the capacity before and after, and so many times in the disturbance. */
    static Order of(Ground ground, Trial trial, Timetable time, double usual, double disturbed) {
        Popularity popularity = disturbed > usual ? Popularity.VIRAL : Popularity.ZIPF;
        return of(
                trial,
                time,
                new Scenario(
                        trial.label(),
                        seed(ground, trial),
                        Ground.PEOPLE,
                        Ground.POSTS,
                        new Shape(time.phases(ground.rate(usual), ground.rate(disturbed))),
                        Ground.MIX,
                        popularity));
    }

    static Order of(Trial trial, Timetable time, Scenario scenario) {
        return new Order(trial, time, scenario, PATIENCE, 0, Disturbance.NONE, List.of());
    }

    /** Of one post only, by so many people. */
    static Order onePost(Ground ground, Trial trial, Timetable time, int people, Mix mix, double rate) {
        Shape shape = new Shape(time.phases(rate, rate));
        return of(trial, time, new Scenario(trial.label(), seed(ground, trial), people, 1, shape, mix, Popularity.HOT));
    }

    Order retrying(int times, Duration waiting) {
        return new Order(trial, time, scenario, waiting, times, disturbance, spared);
    }

    Order disturbedBy(Disturbance other, List<Spared> spare) {
        return new Order(trial, time, scenario, patience, naiveRetries, other, spare);
    }

    /** Each trial has traffic of its own, whichever others are run. */
    private static long seed(Ground ground, Trial trial) {
        return ground.settings().seed() * 31 + trial.label().hashCode();
    }
}
