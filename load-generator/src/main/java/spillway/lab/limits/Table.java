package spillway.lab.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;

/** A calibration as lines for people, none wider than {@value #WIDTH} columns. */
final class Table {

    static final int WIDTH = 80;

    /** A spread beyond it tells more of what else went on than of the host. */
    private static final double STEADY = 0.25;

    private static final String FORM = "  %-23s %-26s %10s %6s %7s";

    static final String HEAD = FORM.formatted("", "how", "per s", "spread", "CPU µs");

    private Table() {}

    static String row(Limit limit) {
        Reading reading = limit.reading();
        return cut(FORM.formatted(
                limit.quantity().label(),
                limit.how(),
                number(reading.rate()),
                String.format(Locale.ROOT, "±%.0f %%", reading.spread() * 100),
                reading.cpuMicros().isEmpty() ? "-" : number(reading.serverCpuMicros())));
    }

    static String failure(Quantity quantity, String reason) {
        return cut("  %-23s failed: %s".formatted(quantity.label(), reason));
    }

    /** What the rows do not say. */
    static List<String> footer(Limits limits) {
        List<String> lines = new ArrayList<>();
        lines.add("per s: the median of three slices, and half the distance between the others.");
        lines.add("CPU µs: of the server's processes per operation. The measuring client runs on");
        lines.add("the same cores and is part of each rate; its own CPU time is in the JSON.");
        gateway(limits).ifPresent(lines::add);
        long unsteady = limits.measured().stream()
                .filter(limit -> limit.reading().spread() > STEADY)
                .count();
        if (unsteady > 0) {
            lines.add("Figures that spread by more than %2$.0f %%: %1$d. Measure again on a quiet machine."
                    .formatted(unsteady, STEADY * 100));
        }
        lines.add("");
        lines.add(cut("%d cores, %.0f GiB, %s"
                .formatted(
                        limits.host().cores(),
                        limits.host().memoryBytes() / (double) (1L << 30),
                        limits.host().os())));
        limits.servers().forEach((server, version) -> lines.add(cut(server + " " + version)));
        return lines;
    }

    private static Optional<String> gateway(Limits limits) {
        return limits.of(Quantity.HTTP_DIRECT)
                .flatMap(direct -> limits.of(Quantity.HTTP_GATEWAY)
                        .map(through -> "The gateway's hop: %s µs of CPU, %.0f %% of the direct rate is left."
                                .formatted(
                                        number(through.serverCpuMicros() - direct.serverCpuMicros()),
                                        100 * through.rate() / direct.rate())));
    }

    /** With decimals as long as they say something. */
    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 1 ? "%.2f" : size < 10 ? "%.1f" : "%,.0f", value);
    }

    static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
