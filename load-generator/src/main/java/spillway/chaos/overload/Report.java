package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import spillway.load.plan.TrafficClass;
import spillway.load.report.Page;
import spillway.load.report.Table;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Endings for people, in lines of at most {@value Table#WIDTH} columns, and for programs; the page draws the same JSON. */
final class Report {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Report() {}

    static List<String> plan(OverloadSettings settings) {
        return settings.trials().stream()
                .sorted()
                .map(trial -> Table.cut("%-17s %4d s  %s"
                        .formatted(trial.label(), settings.length(trial).toSeconds(), trial.description())))
                .toList();
    }

    static List<String> lines(Ending ending) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("%s: %s".formatted(ending.trial().label(), ending.trial().description()));
        ending.figures().forEach(figure -> lines.add("  " + figure));
        ending.checks()
                .forEach(check -> lines.add("  %-4s %s: %s"
                        .formatted(
                                check.kept() ? "ok" : ending.trial().isJudged() ? "FAIL" : "no",
                                check.promise(),
                                check.seen())));
        return lines.stream().map(Table::cut).toList();
    }

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        result.endings()
                .forEach(ending -> lines.add("%-17s %s".formatted(ending.trial().label(), verdict(ending))));
        Trial stuck = result.stuck();
        if (stuck != null) {
            lines.add("%-17s the stack did not calm down before it".formatted(stuck.label()));
        }
        lines.add(
                result.passed()
                        ? "Chaos: PASS  every promise kept at %,.0f writes/s of capacity".formatted(result.capacity())
                        : "Chaos: FAIL  %d of %d trials"
                                .formatted(
                                        result.endings().stream()
                                                .filter(ending -> !ending.passed())
                                                .count(),
                                        result.endings().size()));
        lines.add("again: " + result.settings().command(result.capacity()));
        return lines.stream().map(Table::cut).toList();
    }

    private static String verdict(Ending ending) {
        if (!ending.trial().isJudged()) {
            return "shown";
        }
        List<String> broken = ending.checks().stream()
                .filter(check -> !check.kept())
                .map(check -> check.promise() + ": " + check.seen())
                .toList();
        return broken.isEmpty() ? "PASS" : "FAIL  " + String.join("; ", broken);
    }

    static String json(Result result) {
        return JSON.writeValueAsString(tree(result));
    }

    static String html(Result result) {
        return Page.filled(Report.class, "overload.html", "{{overload}}", tree(result));
    }

    private static ObjectNode tree(Result result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("passed", result.passed());
        root.put("command", result.settings().command(result.capacity()));
        root.put("seed", result.settings().seed());
        root.put("capacity", result.capacity());
        root.put("processors", result.cores().toString());
        Trial stuck = result.stuck();
        if (stuck != null) {
            root.put("stuck", stuck.label());
        }
        ArrayNode trials = root.putArray("trials");
        for (Ending ending : result.endings()) {
            trial(ending, trials.addObject());
        }
        return root;
    }

    private static void trial(Ending ending, ObjectNode node) {
        Course course = ending.course();
        node.put("trial", ending.trial().label());
        node.put("description", ending.trial().description());
        node.put("judged", ending.trial().isJudged());
        node.put("passed", ending.passed());
        node.putPOJO("checks", ending.checks());
        node.putPOJO("figures", ending.figures());
        node.putPOJO("books", course.result().books());
        node.putPOJO("cpu", course.cpu());
        node.put("from", course.time().from());
        node.put("to", course.time().to());
        ArrayNode seconds = node.putArray("seconds");
        for (int second = 0; second < course.tape().length(); second++) {
            Flow writes = course.tape().between(second, second + 1, Course.WRITES);
            ObjectNode row = seconds.addObject();
            row.put("at", second);
            row.put("offered", writes.offered());
            row.put("accepted", writes.accepted());
            row.put("shed", writes.shed());
            ObjectNode classes = row.putObject("classes");
            for (TrafficClass traffic : TrafficClass.values()) {
                classes.putPOJO(traffic.label(), course.tape().between(second, second + 1, Set.of(traffic)));
            }
        }
        ArrayNode looks = node.putArray("looks");
        course.looks()
                .forEach(look -> looks.addObject()
                        .put("at", look.at())
                        .put("level", look.level())
                        .put("heap", look.memory().heap())
                        .put("threads", look.memory().threads()));
        node.putPOJO("pressure", course.pressed());
    }
}
