package spillway.lab.shards;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import spillway.lab.shards.strategy.Kind;

/** A comparison for a terminal of 80 columns. */
final class ShardTable {

    private static final String FORM = "  %-10s %8s %7s %6s %6s %6s %6s %7s %5s %8s";

    private static final int WIDTH = 80;

    private ShardTable() {}

    /** All strategies under one shard key. */
    static List<String> strategies(Candidate candidate, int from, int to) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Shard key %s: %,d keys, the busiest has %s of the writes",
                candidate.key().label(),
                candidate.keys(),
                percent(candidate.hottest())));
        lines.add(String.format(FORM, "", "writes", "", "", "moved", "writes", "moved", "queries", "", ""));
        lines.add(String.format(
                FORM, "", "max/mean", "now", "cv", ">" + to, ">" + to, ">" + (from + 1), "on one", "ns", "state"));
        candidate.outcomes().forEach(outcome -> lines.add(row(outcome)));
        Movement movement = candidate.outcomes().getFirst().toTarget();
        lines.add(String.format(
                FORM,
                "ideal",
                ratio(candidate.leastPeak(from)),
                "",
                "",
                percent(movement.ideal()),
                percent(movement.ideal()),
                percent(candidate.outcomes().getFirst().oneMore().ideal()),
                "",
                "",
                ""));
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    private static String row(Outcome outcome) {
        return String.format(
                FORM,
                outcome.strategy().label(),
                ratio(outcome.load().peak()),
                now(outcome.now()),
                percent(outcome.load().variation()),
                percent(outcome.toTarget().keys()),
                percent(outcome.toTarget().writes()),
                percent(outcome.oneMore().keys()),
                percent(outcome.oneShard()),
                String.format(Locale.ROOT, "%.0f", outcome.nanos()),
                bytes(outcome.stateBytes()));
    }

    /** All shard keys under one strategy. */
    static List<String> keys(List<Candidate> candidates, Kind strategy) {
        String form = "  %-10s %10s %8s %8s %6s %6s %15s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(form, "", "keys", "busiest", "max/mean", "now", "cv", "queries on one"));
        for (Candidate candidate : candidates) {
            Outcome outcome = candidate.under(strategy);
            lines.add(String.format(
                    form,
                    candidate.key().label(),
                    String.format(Locale.ROOT, "%,d", candidate.keys()),
                    percent(candidate.hottest()),
                    ratio(outcome.load().peak()),
                    now(outcome.now()),
                    percent(outcome.load().variation()),
                    percent(outcome.oneShard())));
        }
        return lines;
    }

    static List<String> legend() {
        return wrapped("max/mean, cv: writes per shard, the fullest against the mean, and the standard deviation."
                + " now: max/mean while a hundredth of the writes came. moved: share of the keys, and of the writes"
                + " they have; ideal: the new shards' part. on one: queries that one shard answers, of " + mix()
                + ". ns: to place a key, indicative. state: what a router keeps, packed.");
    }

    /** A text in lines of at most {@value #WIDTH} columns. */
    static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String mix() {
        List<String> parts = new ArrayList<>();
        for (Query query : Query.values()) {
            parts.add(query.percent() + "% " + query.label());
        }
        return String.join(", ", parts);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String now(OptionalDouble now) {
        return now.isPresent() ? ratio(now.getAsDouble()) : "-";
    }

    /** With decimals as long as they say something. */
    static String percent(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 0.05) {
            return "<0.1%";
        }
        return String.format(Locale.ROOT, percent > 0 && percent < 9.95 ? "%.1f%%" : "%.0f%%", percent);
    }

    private static String bytes(long bytes) {
        double kibi = bytes / 1024.0;
        return kibi < 1
                ? bytes + " B"
                : kibi < 1024
                        ? String.format(Locale.ROOT, "%.0f KiB", kibi)
                        : String.format(Locale.ROOT, "%.1f MiB", kibi / 1024);
    }
}
