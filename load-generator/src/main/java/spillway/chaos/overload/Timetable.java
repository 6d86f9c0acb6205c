package spillway.chaos.overload;

import java.time.Duration;
import java.util.List;
import spillway.load.plan.Curve;
import spillway.load.plan.Phase;

/** Whole seconds of a trial: to get warm, to see what is usual, to disturb, and to see it recover. */
record Timetable(int warm, int before, int during, int after) {

    static final String WARM = "warm-up";
    static final String BEFORE = "before";
    static final String DURING = "during";
    static final String AFTER = "after";

    private static final int SHORTEST = 2;

    /** A short disturbance has a short day around it. */
    static Timetable around(Duration disturbance) {
        int during = (int) Math.max(1, disturbance.toSeconds());
        return new Timetable(
                Math.clamp(during / 2, SHORTEST, 15),
                Math.clamp(during / 2, SHORTEST, 15),
                during,
                Math.clamp(during, 3, 30));
    }

    Timetable after(int seconds) {
        return new Timetable(warm, before, during, seconds);
    }

    int from() {
        return warm + before;
    }

    int to() {
        return from() + during;
    }

    int end() {
        return to() + after;
    }

    /** @param rate per second but in the disturbance */
    List<Phase> phases(double rate, double disturbed) {
        return List.of(
                Phase.warmUp(WARM, Duration.ofSeconds(warm), rate),
                new Phase(BEFORE, Duration.ofSeconds(before), rate),
                disturbed > rate
                        ? Phase.surge(DURING, Duration.ofSeconds(during), new Curve.Flat(disturbed))
                        : new Phase(DURING, Duration.ofSeconds(during), rate),
                new Phase(AFTER, Duration.ofSeconds(after), rate));
    }
}
