package spillway.load.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import spillway.load.plan.Curve.Flat;
import spillway.load.plan.Curve.Line;
import spillway.load.plan.Curve.Swing;

/**
 * How the arrival rate moves in the course of a run. Every shape starts from a base rate and stays between it and its
 * peak, which is given as a multiple of the base.
 */
public record Shape(List<Phase> phases) {

    private static final int SWINGS = 3;

    public Shape {
        phases = List.copyOf(phases);
    }

    public static Shape steady(double rate, Duration length) {
        return new Shape(List.of(new Phase("steady", length, rate)));
    }

    /** A straight line up to the peak. */
    public static Shape ramp(double rate, double peak, Duration length) {
        return new Shape(List.of(Phase.surge("ramp", length, new Line(rate, peak * rate))));
    }

    /** Stairs of equal length and height, the last at the peak. */
    public static Shape step(double rate, double peak, Duration length) {
        int steps = Math.max(2, (int) Math.round(peak));
        return new Shape(IntStream.range(0, steps)
                .mapToObj(step -> {
                    Flat height = new Flat(rate * (1 + (peak - 1) * step / (steps - 1)));
                    return new Phase(
                            "step " + (step + 1),
                            length.dividedBy(steps),
                            height,
                            step == 0 ? Phase.Kind.CALM : Phase.Kind.SURGE);
                })
                .toList());
    }

    /** A tenth of the time at the peak, out of nothing. */
    public static Shape spike(double rate, double peak, Duration length) {
        return new Shape(List.of(
                new Phase("before", percent(length, 45), rate),
                Phase.surge("spike", percent(length, 10), new Flat(peak * rate)),
                new Phase("after", percent(length, 45), rate)));
    }

    /** Up to the peak and down again, {@value #SWINGS} times. */
    public static Shape sine(double rate, double peak, Duration length) {
        return new Shape(List.of(Phase.surge("sine", length, new Swing(rate, peak * rate, SWINGS))));
    }

    /** Steady, a broad burst at the peak, steady again. */
    public static Shape burst(double rate, double peak, Duration length) {
        return new Shape(List.of(
                new Phase("steady", percent(length, 30), rate),
                Phase.surge("burst", percent(length, 40), new Flat(peak * rate)),
                new Phase("after", percent(length, 30), rate)));
    }

    /** A quarter of the time as ever, a quarter at the peak, and then as long as both as ever. */
    public static Shape trigger(double rate, double peak, Duration length) {
        return new Shape(List.of(
                new Phase("before", percent(length, 25), rate),
                Phase.surge("trigger", percent(length, 25), new Flat(peak * rate)),
                new Phase("after", percent(length, 50), rate)));
    }

    /** Everybody knows when: a swift rise, midnight, a long ebb. */
    public static Shape midnight(double rate, double peak, Duration length) {
        return new Shape(List.of(
                new Phase("evening", percent(length, 30), rate),
                Phase.surge("countdown", percent(length, 10), new Line(rate, peak * rate)),
                Phase.surge("midnight", percent(length, 20), new Flat(peak * rate)),
                Phase.surge("ebb", percent(length, 40), new Line(peak * rate, rate))));
    }

    /** Nobody knows when: one post takes off, stays up, fades. */
    public static Shape takeOff(double rate, double peak, Duration length) {
        return new Shape(List.of(
                new Phase("before", percent(length, 20), rate),
                Phase.surge("takes off", percent(length, 20), new Line(rate, peak * rate)),
                Phase.surge("viral", percent(length, 30), new Flat(peak * rate)),
                Phase.surge("fades", percent(length, 30), new Line(peak * rate, rate))));
    }

    /** Followers are told at once: two walls of traffic, each fading. */
    public static Shape walls(double rate, double peak, Duration length) {
        return new Shape(List.of(
                new Phase("before", percent(length, 20), rate),
                Phase.surge("1st wall", percent(length, 40), new Line(peak * rate, rate)),
                Phase.surge("2nd wall", percent(length, 40), new Line(peak * rate, rate))));
    }

    /** The same, after a warm-up at this rate; a warm-up of no length is none. */
    public Shape warmedUp(Duration warmUp, double rate) {
        List<Phase> all = new ArrayList<>(phases);
        if (warmUp.isPositive()) {
            all.addFirst(Phase.warmUp("warm-up", warmUp, rate));
        }
        return new Shape(all);
    }

    private static Duration percent(Duration length, int percent) {
        return length.multipliedBy(percent).dividedBy(100);
    }
}
