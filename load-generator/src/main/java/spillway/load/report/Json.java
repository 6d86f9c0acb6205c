package spillway.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import spillway.load.oracle.Difference;
import spillway.load.run.PhaseResult;
import spillway.load.run.RunResult;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run for other programs: durations in milliseconds, rates per second, everything the table shows and more. */
public final class Json {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** Writes all or nothing: a reader never sees half a report. */
    public static void write(RunResult run, Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path part = Files.createTempFile(whole.getParent(), "." + whole.getFileName(), ".part");
        try {
            Files.writeString(part, text(run) + "\n");
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static String text(RunResult run) {
        ObjectNode root = JSON.createObjectNode();
        root.put("scenario", run.title());
        root.put("target", run.target());
        root.put("seed", run.seed());
        root.put("trafficMillis", run.traffic().toMillis());
        ObjectNode classes = root.putObject("classes");
        run.books().forEach((trafficClass, book) -> {
            ObjectNode node = classes.putObject(trafficClass.label());
            node.putPOJO("requests", book);
            node.putPOJO("latencyMillis", run.latencies().get(trafficClass));
        });
        ArrayNode phases = root.putArray("phases");
        for (PhaseResult phase : run.phases()) {
            ObjectNode node = phases.addObject();
            node.put("name", phase.phase().name());
            node.put("lengthMillis", phase.phase().length().toMillis());
            node.put("intendedPerSecond", phase.perSecond(phase.planned()));
            node.put("sentPerSecond", phase.perSecond(phase.sent()));
            node.put("acceptedPerSecond", phase.perSecond(phase.accepted()));
            node.putPOJO("latencyMillis", phase.latency());
        }
        ObjectNode generator = root.putObject("generator");
        generator.putPOJO("lagMillis", run.lag());
        generator.put("heldBack", run.heldBack());
        generator.put("skipped", run.skipped());
        generator.put("deferred", run.deferred());
        generator.put("abandoned", run.abandoned());
        root.putPOJO("stalenessMillis", run.staleness());
        root.put("drainMillis", run.drain().toMillis());
        root.put("drained", run.drained());
        verdict(run, root.putObject("oracle"));
        return JSON.writeValueAsString(root);
    }

    private static void verdict(RunResult run, ObjectNode node) {
        node.put("passed", run.verdict().passed());
        node.put("posts", run.verdict().posts());
        node.put("likes", run.verdict().likes());
        node.put("comments", run.verdict().comments());
        node.put("open", run.verdict().open());
        node.put("postsRead", run.verdict().postsRead());
        node.put("votesRead", run.verdict().votesRead());
        ArrayNode differences = node.putArray("differences");
        for (Difference difference : run.verdict().differences()) {
            differences.add(difference.describe());
        }
    }
}
