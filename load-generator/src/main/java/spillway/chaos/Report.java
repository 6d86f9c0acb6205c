package spillway.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import spillway.chaos.Injector.Struck;
import spillway.load.oracle.Book;
import spillway.load.report.Table;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A result for people, in lines of at most {@value Table#WIDTH} columns, and for programs. */
final class Report {

    private static final int SHOWN = 8;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Report() {}

    static String line(Struck struck) {
        return Table.cut("[%6.1f s] %-13s %s"
                .formatted(
                        struck.strike().at().toMillis() / 1e3,
                        struck.strike().fault().label(),
                        struck.what()));
    }

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        Book book = result.book();
        lines.add("sent        %,d likes and unlikes, repetitions as well".formatted(book.offered()));
        lines.add("            %,d accepted, %,d refused, %,d failed, %,d unknown"
                .formatted(book.accepted(), book.shed(), book.failed(), book.unknown()));
        lines.add("            %.2f %% of intents were unknown at some time, %,d are still open"
                .formatted(percent(result.everUnknown(), book.accepted()), result.stillOpen()));
        lines.add("            %,d of the plan left out; %.1f s longest without an acceptance"
                .formatted(result.leftOut(), result.longestWithoutAck()));
        lines.add("faults      " + strikes(result));
        String kinds = Arrays.stream(Fault.values())
                .filter(fault -> result.struck(fault) > 0)
                .map(fault -> fault.label() + " " + result.struck(fault))
                .collect(Collectors.joining(", "));
        lines.addAll(wrapped(kinds));
        Result.Batchers batchers = result.batchers();
        lines.add("batchers    %,d flushes, %,d fenced, %,d failed; %.1f s longest without a flush"
                .formatted(batchers.flushes(), batchers.fenced(), batchers.failed(), batchers.longestWithoutFlush()));
        lines.add("zombies     " + zombies(result));
        lines.add("poison      %,d appended, %,d dead letters"
                .formatted(result.poison().least(), result.poison().found()));
        Watch.Seen seen = result.seen();
        lines.add("reads       %,d counts, %,d behind and said so, %,d of them by too little"
                .formatted(seen.reads(), seen.behind() + seen.understated(), seen.understated()));
        lines.add("            %,d silently wrong, %,d impossible".formatted(seen.silent(), seen.impossible()));
        lines.add(
                result.drainSeconds() < 0
                        ? "drain       never complete"
                        : "drain       %.1f s after the last acceptance, and still so later"
                                .formatted(result.drainSeconds()));
        lines.add("");
        lines.add(verdict(result));
        result.faults().stream().limit(SHOWN).forEach(fault -> lines.add("  " + fault));
        if (result.faults().size() > SHOWN) {
            lines.add("  … and %,d more".formatted(result.faults().size() - SHOWN));
        }
        return lines.stream().map(Table::cut).toList();
    }

    static String verdict(Result result) {
        return result.passed()
                ? "Chaos: PASS  %,d likes on %,d posts exact, %,d votes read back"
                        .formatted(result.likes(), result.posts(), result.votes())
                : "Chaos: FAIL  %,d %s"
                        .formatted(result.faults().size(), result.faults().size() == 1 ? "finding" : "findings");
    }

    private static String strikes(Result result) {
        return "%d struck, %d skipped (the target was not there)"
                .formatted(result.strikes().size() - result.skipped(), result.skipped());
    }

    private static String zombies(Result result) {
        List<Struck> seen = result.strikes().stream()
                .filter(struck -> struck.strike().fault() == Fault.ZOMBIE && struck.fenced() >= 0)
                .toList();
        long fenced = seen.stream().filter(struck -> struck.fenced() > 0).count();
        return "%d woke up and answered, %d of them were seen fenced".formatted(seen.size(), fenced);
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("           ");
        for (String word : text.split(" (?=[a-z])", -1)) {
            if (line.length() + 1 + word.length() > Table.WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("           ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    static String json(Result result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("passed", result.passed());
        root.put("command", result.settings().command());
        root.put("seed", result.settings().seed());
        root.put("rate", result.settings().rate());
        root.put("stormMillis", result.settings().storm().toMillis());
        root.putPOJO("likes", result.book());
        root.put("leftOut", result.leftOut());
        root.put("everUnknown", result.everUnknown());
        root.put("stillOpen", result.stillOpen());
        root.putPOJO("batchers", result.batchers());
        root.putPOJO("poison", result.poison());
        root.putPOJO("reads", result.seen());
        root.put("longestWithoutAcceptanceSeconds", result.longestWithoutAck());
        root.put("drainSeconds", result.drainSeconds());
        root.put("posts", result.posts());
        root.put("likesInTheEnd", result.likes());
        root.put("votes", result.votes());
        root.putPOJO("findings", result.faults());
        ArrayNode strikes = root.putArray("strikes");
        for (Struck struck : result.strikes()) {
            ObjectNode node = strikes.addObject();
            node.put("number", struck.strike().number());
            node.put("atMillis", struck.strike().at().toMillis());
            node.put(
                    "fault",
                    struck.strike().fault().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            node.put("done", struck.done());
            node.put("what", struck.what());
            if (struck.fenced() >= 0) {
                node.put("fenced", struck.fenced());
            }
        }
        return JSON.writeValueAsString(root);
    }
}
