package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import spillway.chaos.reshard.Census.Fault;
import spillway.lab.reshard.Stage;
import spillway.lab.reshard.Status.Pause;
import spillway.load.report.Table;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A result for people, in lines of at most {@value Table#WIDTH} columns, and for programs. */
final class Report {

    private static final int SHOWN = 10;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Report() {}

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        Tally.Counts writes = result.writes();
        lines.add("writes      %,d sent, %,d accepted, %,d failed, %,d unknown at first"
                .formatted(writes.sent(), writes.accepted(), writes.allFailed(), writes.allUnknown()));
        lines.add("            %,d turned away by a full gateway, %,d of the plan left out"
                .formatted(writes.busy(), writes.leftOut()));
        if (writes.cold() > 0) {
            lines.add(
                    "            %,d refused by services that were just started, not judged".formatted(writes.cold()));
        }
        writes.unknown().forEach((kind, count) -> lines.add("            unknown: %,d %s".formatted(count, kind)));
        lines.add("ms             p50      p99      max");
        lines.add(latency("before", result.before()));
        lines.add(latency("during", result.during()));
        lines.add(latency("after", result.after()));
        lines.add("            p99 during / before %s, after / before %s"
                .formatted(ratio(result.during(), result.before()), ratio(result.after(), result.before())));
        for (Result.Way way : result.pauses()) {
            lines.add("%-11s %.0f s%s".formatted(way.name(), way.seconds(), pauses(way.pause())));
        }
        Striker.Struck struck = result.struck();
        lines.add("killed      %d times of %d%s"
                .formatted(struck.kills(), struck.wanted(), stages(struck.killsByStage())));
        lines.add("stopped     %d times%s".formatted(struck.stops(), stages(struck.stopsByStage())));
        lines.add("reads       %,d: %,d lost, %,d stale, %,d resurrected, %,d altered, %,d twice"
                .formatted(
                        result.seen().reads(),
                        result.seen().of(Sight.LOST),
                        result.seen().of(Sight.STALE),
                        result.seen().of(Sight.RESURRECTED),
                        result.seen().of(Sight.ALTERED),
                        result.seen().twice()));
        result.censuses().forEach(counted -> lines.add(census(counted)));
        result.mirrors().ifPresent(compared -> lines.add(mirror(compared)));
        lines.add("read back   %,d posts; %,d keys sent again, %,d made twice"
                .formatted(result.readBack(), result.keysRepeated(), result.doubled()));
        if (result.halted() != null) {
            lines.add("tampered    one byte of a copied row: "
                    + (Boolean.TRUE.equals(result.halted()) ? "halted, repaired, went on" : "went unnoticed"));
        }
        lines.add("");
        lines.add(verdict(result));
        result.findings().stream().limit(SHOWN).forEach(finding -> lines.add("  " + finding));
        if (result.findings().size() > SHOWN) {
            lines.add("  … and %,d more".formatted(result.findings().size() - SHOWN));
        }
        return lines.stream().map(Table::cut).toList();
    }

    static String verdict(Result result) {
        if (result.passed()) {
            Census.Result last = result.censuses().getLast().census();
            return "Chaos: PASS  %,d posts, %,d comments exact: none lost, stale or back"
                    .formatted(last.posts(), last.comments());
        }
        return "Chaos: FAIL  %,d %s"
                .formatted(result.findings().size(), result.findings().size() == 1 ? "finding" : "findings");
    }

    private static String pauses(Pause pause) {
        return pause.count() == 0
                ? ""
                : "; %,d pauses p50 %.1f, p99 %.1f, max %.1f ms"
                        .formatted(pause.count(), pause.p50Millis(), pause.p99Millis(), pause.maxMillis());
    }

    private static String latency(String name, Latencies.Quantiles quantiles) {
        return "  %-9s %8.1f %8.1f %8.1f  %,d accepted"
                .formatted(name, quantiles.p50(), quantiles.p99(), quantiles.max(), quantiles.count());
    }

    private static String ratio(Latencies.Quantiles one, Latencies.Quantiles other) {
        return other.p99() == 0 ? "-" : "%.2f".formatted(one.p99() / other.p99());
    }

    private static String stages(Map<Stage, Integer> counts) {
        return counts.isEmpty()
                ? ""
                : ": "
                        + counts.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> Result.name(entry.getKey()) + " " + entry.getValue())
                                .collect(Collectors.joining(", "));
    }

    static String mirror(Mirrors.Result compared) {
        return "mirror      %,d slots with a replica, %,d differences"
                .formatted(compared.replicas(), compared.differences());
    }

    static String census(Result.Counted counted) {
        Map<Fault, Long> faults = counted.census().faults();
        return "%-11s %,d posts, %,d comments: %s"
                .formatted(
                        counted.when(),
                        counted.census().posts(),
                        counted.census().comments(),
                        faults.isEmpty()
                                ? "exact"
                                : faults.entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(entry -> entry.getValue() + " " + Result.name(entry.getKey()))
                                        .collect(Collectors.joining(", ")));
    }

    static String json(Result result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("passed", result.passed());
        root.put("command", result.settings().command());
        root.put("seed", result.settings().seed());
        root.putPOJO("writes", result.writes());
        root.put("lost", result.inTheEnd(Fault.LOST) + result.seen().of(Sight.LOST));
        root.put("stale", result.inTheEnd(Fault.STALE) + result.seen().of(Sight.STALE));
        root.put(
                "resurrected",
                result.inTheEnd(Fault.RESURRECTED) + result.seen().of(Sight.RESURRECTED));
        ObjectNode latencies = root.putObject("latencies");
        latencies.putPOJO("before", result.before());
        latencies.putPOJO("during", result.during());
        latencies.putPOJO("after", result.after());
        latencies.putPOJO("course", result.course());
        root.putPOJO("ways", result.pauses());
        root.putPOJO("strikes", result.struck());
        root.putPOJO("reads", result.seen());
        root.putPOJO("censuses", result.censuses());
        result.mirrors().ifPresent(compared -> root.putPOJO("mirror", compared));
        root.put("readBack", result.readBack());
        root.put("keysRepeated", result.keysRepeated());
        root.put("doubled", result.doubled());
        if (result.halted() != null) {
            root.put("halted", Boolean.TRUE.equals(result.halted()));
        }
        root.putPOJO("findings", result.findings());
        return JSON.writeValueAsString(root);
    }
}
