package spillway.lab.limits;

import java.io.PrintWriter;
import spillway.lab.limits.probe.Probe;
import spillway.lab.limits.probe.Quantity;

/** Shows a calibration as it goes: a row for each figure, and on a terminal a bar beneath them. */
final class Screen implements Calibration.Watcher {

    private static final int BAR = 25;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String group = "";

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        out.println(Table.HEAD);
    }

    @Override
    public void begins(Probe probe, int number, int probes) {
        if (terminal) {
            int filled = number * BAR / probes;
            out.print(Table.cut("%s[%s%s] %d of %d  %s, %s"
                    .formatted(
                            CLEAR,
                            "=".repeat(filled),
                            " ".repeat(BAR - filled),
                            number + 1,
                            probes,
                            probe.quantity().group(),
                            probe.quantity().label())));
            out.flush();
        }
    }

    @Override
    public void measured(Limit limit) {
        line(limit.quantity(), Table.row(limit));
    }

    @Override
    public void failed(Probe probe, String reason) {
        line(probe.quantity(), Table.failure(probe.quantity(), reason));
    }

    private void line(Quantity quantity, String row) {
        if (terminal) {
            out.print(CLEAR);
        }
        if (!group.equals(quantity.group())) {
            group = quantity.group();
            out.println(group);
        }
        out.println(row);
        out.flush();
    }
}
