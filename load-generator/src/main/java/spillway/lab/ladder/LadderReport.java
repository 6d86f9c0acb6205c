package spillway.lab.ladder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import spillway.lab.stack.Part;
import spillway.lab.stack.Store;
import spillway.lab.traffic.Pattern;
import spillway.load.WholeFile;
import spillway.load.report.Page;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A climbed ladder for other programs, and as one page that needs nothing else. */
final class LadderReport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode root = JSON.createObjectNode();

    /** @param thresholds what a rate had to meet */
    LadderReport(Instant at, List<String> thresholds, Map<Pattern, List<Climb>> climbed) {
        root.put("at", at.toString());
        root.put("cores", Runtime.getRuntime().availableProcessors());
        thresholds.forEach(root.putArray("thresholds")::add);
        climbed.forEach((pattern, climbs) -> {
            ObjectNode node = root.withArray("patterns").addObject();
            node.put("id", pattern.label());
            node.put("title", pattern.title());
            climbs.forEach(climb -> climb(climb, node.withArray("rungs").addObject()));
        });
    }

    private static void climb(Climb climb, ObjectNode node) {
        node.put("id", climb.rung().id());
        node.put("title", climb.rung().title());
        node.put("limit", climb.limit());
        node.put("exact", climb.verdict().passed());
        node.put("verdict", climb.verdict().line());
        node.putPOJO("stalenessMillis", climb.staleness().accepted());
        climb.best().ifPresent(best -> {
            node.putPOJO("latencyMillis", best.latency());
            node.put("cpuSecondsPerThousand", climb.cpuPerThousand());
            node.put("generatorCpuSecondsPerThousand", climb.ownCpuPerThousand());
            ObjectNode parts = node.putObject("cpuByPart");
            for (Part part : Part.values()) {
                parts.put(part.label(), LadderTable.perThousand(best, part));
            }
            ObjectNode writes = node.putObject("writesPerWrite");
            for (Store store : Store.values()) {
                writes.put(store.label(), climb.writesPerWrite(store));
            }
        });
        for (Point point : climb.points()) {
            ObjectNode tried = node.withArray("points").addObject();
            tried.put("rate", point.rate());
            tried.put("passed", point.passed());
            tried.put("generatorWasBottleneck", point.bottleneck());
            tried.put("accepted", point.accepted());
            tried.putPOJO("requests", point.requests());
            tried.putPOJO("latencyMillis", point.latency());
        }
    }

    void writeJson(Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsString(root) + "\n");
    }

    void writeHtml(Path file) throws IOException {
        WholeFile.write(file, html());
    }

    String html() {
        return Page.filled(LadderReport.class, "ladder.html", "{{ladder}}", root);
    }
}
