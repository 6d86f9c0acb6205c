package spillway.lab.ladder;

import java.util.ArrayList;
import java.util.List;
import spillway.lab.estimate.Bill;
import spillway.lab.estimate.Design;
import spillway.lab.estimate.Measured;
import spillway.lab.traffic.Pattern;

/** What the estimate would have said of a rung, beside what was measured. */
record Forecast(Climb climb, double predicted) {

    /** How far an estimate may be off, as a part of what was measured. */
    private static final double TOLERANCE = 0.25;

    static Forecast of(Climb climb, Measured measured) {
        Design design = climb.rung().design();
        Bill bill = climb.pattern() == Pattern.POSTS
                ? design.post(measured, climb.rung().inserts())
                : design.like(measured);
        return new Forecast(climb, measured.ceiling(bill, climb.pattern().hottest()));
    }

    /** Positive when the estimate was too high. */
    double error() {
        return predicted / climb.limit() - 1;
    }

    boolean holds() {
        return Math.abs(error()) <= TOLERANCE;
    }

    static List<String> lines(List<Forecast> forecasts) {
        List<String> lines = new ArrayList<>();
        lines.add("estimate             pattern   predicted/s  measured/s    off");
        for (Forecast forecast : forecasts) {
            lines.add("%-20s %-8s %,12.0f %,11.0f %+5.0f %%%s"
                    .formatted(
                            forecast.climb.rung().title(),
                            forecast.climb.pattern().label(),
                            forecast.predicted,
                            forecast.climb.limit(),
                            forecast.error() * 100,
                            forecast.holds() ? "" : "  !"));
        }
        long held = forecasts.stream().filter(Forecast::holds).count();
        lines.add("%d of %d within %.0f %%".formatted(held, forecasts.size(), TOLERANCE * 100));
        return lines;
    }
}
