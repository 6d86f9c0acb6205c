package spillway.load.report;

import spillway.load.limit.Limit;
import spillway.load.oracle.Difference;
import spillway.load.report.Report.Attempt;
import spillway.load.run.PhaseResult;
import spillway.load.run.RunResult;
import spillway.load.run.Second;
import spillway.load.run.Sent;
import spillway.load.shed.NoLedger;
import spillway.load.shed.ShedBooks;
import spillway.load.shed.Shedding;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run for other programs: durations in milliseconds, rates per second, everything the table shows and more. */
public final class Json {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    public static String text(Report report) {
        return JSON.writeValueAsString(tree(report));
    }

    static ObjectNode tree(Report report) {
        RunResult run = report.run();
        ObjectNode root = JSON.createObjectNode();
        root.put("scenario", run.title());
        root.put("command", report.command());
        root.put("target", run.target());
        root.put("seed", run.seed());
        root.put("passed", report.passed());
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
            node.put("warmUp", phase.phase().warmUp());
            node.put("lengthMillis", phase.phase().length().toMillis());
            node.put("intendedPerSecond", phase.perSecond(phase.planned()));
            node.put("sentPerSecond", phase.perSecond(phase.total().offered()));
            node.put("acceptedPerSecond", phase.perSecond(phase.total().accepted()));
            node.putPOJO("latencyMillis", phase.latency());
            ObjectNode ofClass = node.putObject("classes");
            phase.books().forEach((trafficClass, book) -> {
                ObjectNode one = ofClass.putObject(trafficClass.label());
                one.putPOJO("requests", book);
                one.putPOJO("latencyMillis", phase.latencies().get(trafficClass));
            });
        }
        ObjectNode generator = root.putObject("generator");
        generator.putPOJO("lagMillis", run.lag());
        generator.put("heldBack", run.heldBack());
        generator.put("skipped", run.skipped());
        generator.put("deferred", run.deferred());
        generator.put("abandoned", run.abandoned());
        generator.put("retries", run.sent().retries());
        generator.put("bottleneck", run.sent().isBottleneck());
        run.sent().recovery().ifPresent(recovery -> {
            ObjectNode node = root.putObject("recovery");
            node.put("beforePerSecond", recovery.before());
            node.put("surgePerSecond", recovery.during());
            recovery.seconds().ifPresent(seconds -> node.put("seconds", seconds));
        });
        if (run.sent().lost() != null) {
            root.put("lost", run.sent().lost());
        }
        root.putPOJO("allLatencyMillis", run.sent().overall());
        root.putPOJO("stalenessMillis", run.staleness());
        root.put("drainMillis", run.drain().toMillis());
        root.put("drained", run.drained());
        verdict(run, root.putObject("oracle"));
        shed(run.shedding(), root.putObject("shed"));
        root.putPOJO("thresholds", report.checks());
        if (report.trials() != null) {
            limit(report.trials(), root.putObject("limit"));
        }
        series(run, root.putArray("series"));
        root.putPOJO("likesPerCounterWrite", run.collapse());
        return root;
    }

    private static void limit(Limit<Attempt> limit, ObjectNode node) {
        limit.passed().ifPresent(rate -> node.put("passedPerSecond", rate));
        limit.failed().ifPresent(rate -> node.put("failedPerSecond", rate));
        ArrayNode trials = node.putArray("trials");
        for (Limit.Trial<Attempt> trial : limit.trials()) {
            Sent sent = trial.shown().sent();
            ObjectNode row = trials.addObject();
            row.put("perSecond", trial.rate());
            row.put("passed", trial.passed());
            row.put("reason", trial.shown().reason());
            row.putPOJO("requests", sent.total());
            row.put(
                    "acceptedPerSecond",
                    sent.total().accepted() * 1e9 / sent.measuredFor().toNanos());
            row.putPOJO("latencyMillis", sent.overall());
            row.putPOJO("lagMillis", sent.lag());
            row.put("heldBack", sent.heldBack());
        }
    }

    private static void shed(Shedding shedding, ObjectNode node) {
        switch (shedding) {
            case NoLedger none -> node.put("missing", none.why());
            case ShedBooks books -> {
                node.put("agrees", books.agrees());
                ArrayNode lines = node.putArray("lines");
                books.lines()
                        .forEach(line -> lines.addObject()
                                .put("class", line.trafficClass().label())
                                .put("reason", line.reason())
                                .put("count", line.count())
                                .put("weight", line.weight()));
                ArrayNode balances = node.putArray("balances");
                books.balances()
                        .forEach(balance -> balances.addObject()
                                .put("class", balance.trafficClass().label())
                                .put("gateway", balance.gateway())
                                .put("clients", balance.clients())
                                .put("unheard", balance.unheard())
                                .put("agrees", balance.agrees())
                                .put("says", balance.describe()));
            }
        }
    }

    private static void series(RunResult run, ArrayNode series) {
        for (Second second : run.sent().series()) {
            series.addPOJO(second);
        }
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
