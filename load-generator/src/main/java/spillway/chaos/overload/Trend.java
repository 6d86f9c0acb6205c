package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether something grows: a straight line through the lowest values of equal stretches of time, since what lies above them
 * is garbage that was not collected yet.
 *
 * @param level its mean
 * @param growth from the begin of the line to its end
 * @param noise two standard errors of that
 */
record Trend(double level, double growth, double noise) {

    private static final int STRETCHES = 12;
    private static final double NOTHING = 0.05;

    /** Seen at equal intervals. */
    static Trend of(List<Double> seen) {
        List<Double> floors = floors(seen);
        int n = floors.size();
        double meanX = (n - 1) / 2.0;
        double meanY =
                floors.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (int x = 0; x < n; x++) {
            xx += (x - meanX) * (x - meanX);
            xy += (x - meanX) * (floors.get(x) - meanY);
        }
        if (n < 3) {
            return new Trend(meanY, 0, 0);
        }
        double slope = xy / xx;
        double squares = 0;
        for (int x = 0; x < n; x++) {
            double off = floors.get(x) - meanY - slope * (x - meanX);
            squares += off * off;
        }
        return new Trend(meanY, slope * (n - 1), 2 * Math.sqrt(squares / (n - 2) / xx) * (n - 1));
    }

    /** No growth beyond a twentieth of the level, or none that could not be chance. */
    boolean isFlat() {
        return growth <= Math.max(NOTHING * level, noise);
    }

    private static List<Double> floors(List<Double> seen) {
        List<Double> floors = new ArrayList<>();
        int stretches = Math.min(STRETCHES, seen.size());
        for (int i = 0; i < stretches; i++) {
            floors.add(seen.subList(i * seen.size() / stretches, (i + 1) * seen.size() / stretches).stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElse(0));
        }
        return floors;
    }
}
