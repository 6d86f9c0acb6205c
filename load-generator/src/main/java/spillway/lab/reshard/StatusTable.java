package spillway.lab.reshard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import spillway.lab.reshard.Status.Move;
import spillway.lab.reshard.Status.Pause;
import spillway.load.report.Table;

/** A status as lines of at most {@value Table#WIDTH} columns. */
final class StatusTable {

    private static final int BAR = 10;
    private static final String ROW = "%-7s %-12s %-17s %8s %8s %5s %9s %7s";
    private static final String HEAD =
            ROW.formatted("move", "state", "of this state", "rows/s", "lag", "diff", "handed", "p99 ms");

    private StatusTable() {}

    static List<String> lines(Status status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(status, now));
        lines.add(HEAD);
        for (Move move : status.moves()) {
            lines.add(row(move));
            move.error().ifPresent(error -> lines.add("        " + error));
        }
        lines.add(total(status));
        return lines.stream().map(Table::cut).toList();
    }

    static String headline(Status status, Instant now) {
        Instant until = Objects.requireNonNullElse(status.endedAt(), now);
        return "Reshard %d: %d to %d shards, %s  %s  %s%s"
                .formatted(
                        status.id(),
                        status.from(),
                        status.to(),
                        status.plan(),
                        name(status.phase()),
                        elapsed(Duration.between(status.startedAt(), until)),
                        status.workerPresent() || status.phase().isEnd() ? "" : "  no worker");
    }

    static String row(Move move) {
        return ROW.formatted(
                name(move),
                name(move.stage()),
                bar(move),
                move.stage() == Stage.BACKFILL ? brief(move.rows().perSecond()) : "",
                brief(move.lag()),
                brief(move.differences()),
                move.handedOver() + "/" + move.slotCount(),
                move.pause().count() == 0 ? "" : "%.1f".formatted(move.pause().p99Millis()));
    }

    private static String bar(Move move) {
        if (move.stage() == Stage.VERIFY && move.toVerify() == 0) {
            return brief(move.verified()) + " chunks";
        }
        int filled = (int) (move.done() * BAR);
        return "[%s%s] %3d%%".formatted("#".repeat(filled), " ".repeat(BAR - filled), (int) (move.done() * 100));
    }

    static String total(Status status) {
        String rows = "total   %,d of %,d rows copied"
                .formatted(status.rows().copied(), status.rows().estimated());
        String rate = status.rows().perSecond() == 0
                ? ""
                : ", %s/s".formatted(brief(status.rows().perSecond()));
        return rows + rate + pauses(status.pause());
    }

    private static String pauses(Pause pause) {
        return pause.count() == 0
                ? ""
                : "; %d pauses p99 %.1f, max %.1f ms".formatted(pause.count(), pause.p99Millis(), pause.maxMillis());
    }

    static String name(Move move) {
        return move.source() + "->" + move.target();
    }

    static String name(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** At most eight columns. */
    static String brief(long number) {
        if (number < 1_000_000) {
            return "%,d".formatted(number);
        }
        return number < 1_000_000_000L ? "%,dk".formatted(number / 1_000) : "%,dM".formatted(number / 1_000_000);
    }

    private static String elapsed(Duration time) {
        Duration shown = time.isNegative() ? Duration.ZERO : time;
        return "%d:%02d".formatted(shown.toMinutes(), shown.toSecondsPart());
    }
}
