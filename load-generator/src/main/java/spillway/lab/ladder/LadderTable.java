package spillway.lab.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spillway.lab.stack.Part;
import spillway.lab.stack.Store;
import spillway.lab.traffic.Pattern;

/** The ladder for a terminal of 80 columns. */
final class LadderTable {

    private LadderTable() {}

    /** The rungs of one pattern, the lowest first. */
    static List<String> lines(Pattern pattern, List<Climb> climbs) {
        List<String> lines = new ArrayList<>();
        lines.add("%-19s".formatted(pattern.title()) + "  best/s     x    p50    p99  stale  cpu s/1k  gen s/1k");
        double first = climbs.isEmpty() ? 0 : climbs.getFirst().limit();
        for (Climb climb : climbs) {
            lines.add(climb.best()
                    .map(best -> "%-19s %,7.0f%s %5s %6.0f %6.0f %6s %9.2f %9.2f%s"
                            .formatted(
                                    climb.rung().title(),
                                    best.rate(),
                                    climb.verdict().passed() ? " " : "!",
                                    first > 0 ? "%.1f".formatted(best.rate() / first) : "-",
                                    best.latency().p50(),
                                    best.latency().p99(),
                                    climb.staleness().accepted().count() == 0
                                            ? "-"
                                            : "%.0f"
                                                    .formatted(climb.staleness()
                                                            .accepted()
                                                            .p50()),
                                    climb.cpuPerThousand(),
                                    climb.ownCpuPerThousand(),
                                    best.bottleneck() ? " *" : ""))
                    .orElseGet(() -> "%-19s       0   no rate met the thresholds"
                            .formatted(climb.rung().title())));
        }
        return lines;
    }

    /** What one hot post carries of what the gateway answers alone; nothing when either was not climbed. */
    static Optional<String> share(Map<Pattern, List<Climb>> climbed) {
        double likes = limit(climbed, Pattern.HOT, Rung.EDGE);
        double alone = limit(climbed, Pattern.KNOCKS, Rung.DOOR);
        return likes > 0 && alone > 0
                ? Optional.of(
                        "likes on one hot post with edge batching: %.0f %% of that".formatted(100 * likes / alone))
                : Optional.empty();
    }

    /** What a rung carried; 0 when it was not climbed. */
    static double limit(Map<Pattern, List<Climb>> climbed, Pattern pattern, Rung rung) {
        return climbed.getOrDefault(pattern, List.of()).stream()
                .filter(climb -> climb.rung().equals(rung))
                .mapToDouble(Climb::limit)
                .findAny()
                .orElse(0);
    }

    /** What each store wrote per accepted write. */
    static List<String> writes(List<Climb> climbs) {
        List<String> lines = new ArrayList<>();
        lines.add("  writes per write   pg rows  commits  redis n  redis w   kafka  cassandra");
        for (Climb climb : climbs) {
            lines.add("  %-18s %8.3f %8.3f %8.4f %8.3f %7.3f %10.3f"
                    .formatted(
                            climb.rung().title(),
                            climb.writesPerWrite(Store.POSTGRES_ROWS),
                            climb.writesPerWrite(Store.POSTGRES_COMMITS),
                            climb.writesPerWrite(Store.REDIS_COUNTS),
                            climb.writesPerWrite(Store.REDIS_WRITES),
                            climb.writesPerWrite(Store.KAFKA_RECORDS),
                            climb.writesPerWrite(Store.CASSANDRA_ROWS)));
        }
        return lines;
    }

    /** Which process used the processor, in seconds per thousand accepted writes. */
    static List<String> processors(List<Climb> climbs) {
        List<String> lines = new ArrayList<>();
        lines.add("  cpu s/1k           gateway service batcher analyt. postgres redis kafka cass.");
        for (Climb climb : climbs) {
            climb.best()
                    .ifPresent(best -> lines.add("  %-18s %7.2f %7.2f %7.2f %7.2f %8.2f %5.2f %5.2f %5.2f"
                            .formatted(
                                    climb.rung().title(),
                                    perThousand(best, Part.GATEWAY),
                                    perThousand(best, Part.CONTENT, Part.METRICS, Part.MONOLITH),
                                    perThousand(best, Part.BATCHER),
                                    perThousand(best, Part.ANALYTICS),
                                    perThousand(best, Part.POSTGRES_A, Part.POSTGRES_B),
                                    perThousand(best, Part.REDIS),
                                    perThousand(best, Part.KAFKA),
                                    perThousand(best, Part.CASSANDRA))));
        }
        return lines;
    }

    static double perThousand(Point point, Part... parts) {
        double nanos = 0;
        for (Part part : parts) {
            nanos += point.cost().cpuOf(part).toNanos();
        }
        return nanos / 1e9 * 1_000 / point.accepted();
    }
}
