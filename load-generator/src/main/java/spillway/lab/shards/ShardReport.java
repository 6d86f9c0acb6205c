package spillway.lab.shards;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import spillway.load.WholeFile;
import spillway.load.report.Page;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A comparison for other programs, and as one page that needs nothing else. */
final class ShardReport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode root = JSON.createObjectNode();

    ShardReport(Instant at, Comparison comparison) {
        root.put("at", at.toString());
        root.put("title", comparison.title());
        comparison.notes().forEach(root.putArray("notes")::add);
        new Digest(comparison).lines().forEach(root.putArray("digest")::add);
        root.put("writes", comparison.writes());
        root.put("from", comparison.from());
        root.put("to", comparison.to());
        for (Query query : Query.values()) {
            ObjectNode node = root.withArray("queries").addObject();
            node.put("title", query.label());
            node.put("percent", query.percent());
        }
        for (Candidate candidate : comparison.candidates()) {
            ObjectNode node = root.withArray("candidates").addObject();
            node.put("key", candidate.key().label());
            node.put("keys", candidate.keys());
            node.put("busiestShare", candidate.hottest());
            node.put("leastMaxToMean", candidate.leastPeak(comparison.from()));
            node.put("leastMaxToMeanGrown", candidate.leastPeak(comparison.to()));
            candidate
                    .outcomes()
                    .forEach(outcome -> outcome(
                            candidate, outcome, node.withArray("strategies").addObject()));
        }
    }

    private static void outcome(Candidate candidate, Outcome outcome, ObjectNode node) {
        node.put("strategy", outcome.strategy().label());
        load(outcome.load(), node.putObject("load"));
        load(outcome.grown(), node.putObject("grown"));
        outcome.now().ifPresent(now -> node.put("maxToMeanNow", now));
        movement(outcome.toTarget(), node.putObject("toTarget"));
        movement(outcome.oneMore(), node.putObject("oneMore"));
        node.put("queriesOnOneShard", outcome.oneShard());
        for (Query query : Query.values()) {
            if (query.onOneShard(candidate.key(), outcome.strategy())) {
                node.withArray("onOneShard").add(query.label());
            }
        }
        node.put("indicativeNanosPerKey", outcome.nanos());
        node.put("stateBytes", outcome.stateBytes());
    }

    private static void load(Load load, ObjectNode node) {
        load.byShard().forEach(node.putArray("writesByShard")::add);
        node.put("maxToMean", load.peak());
        node.put("coefficientOfVariation", load.variation());
    }

    private static void movement(Movement movement, ObjectNode node) {
        node.put("from", movement.from());
        node.put("to", movement.to());
        node.put("keys", movement.keys());
        node.put("writes", movement.writes());
        node.put("betweenOldShards", movement.betweenOld());
        node.put("ideal", movement.ideal());
    }

    void writeJson(Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsString(root) + "\n");
    }

    void writeHtml(Path file) throws IOException {
        WholeFile.write(file, html());
    }

    String html() {
        return Page.filled(ShardReport.class, "shards.html", "{{comparison}}", root);
    }
}
