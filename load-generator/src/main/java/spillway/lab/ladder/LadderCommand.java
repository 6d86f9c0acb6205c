package spillway.lab.ladder;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import spillway.lab.estimate.Measured;
import spillway.lab.limits.Limits;
import spillway.lab.limits.LimitsCommand;
import spillway.lab.stack.Meters;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Stack;
import spillway.lab.traffic.Pattern;
import spillway.load.WholeFile;
import spillway.load.run.Sent;
import spillway.load.run.TargetUnreachable;
import spillway.load.threshold.Threshold;

/** The command {@code ladder}. */
@Command(
        name = "ladder",
        mixinStandardHelpOptions = true,
        description = "Plays the same writes against the monolith and then with one technique after the other, and"
                + " shows what each buys and costs.")
public final class LadderCommand implements Callable<Integer> {

    private static final double FIRST_RATE = 500;
    private static final Duration CALIBRATION = Duration.ofSeconds(75);

    /** Where the next rung begins, as a part of what the one before carried: most carry more. */
    private static final double STEP_DOWN = 0.7;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "fewer tries and patterns: at most 4 minutes instead of 15")
    private boolean quick;

    @Option(
            names = "--pattern",
            paramLabel = "NAME",
            split = ",",
            description = "hot, zipf, spread, posts, knocks; default: all, with --quick hot")
    private List<String> patterns = new ArrayList<>();

    @Option(
            names = "--rung",
            paramLabel = "ID",
            split = ",",
            description = "only these rungs, for example monolith,batched")
    private List<String> rungs = new ArrayList<>();

    @Option(
            names = "--expect",
            paramLabel = "THRESHOLD",
            description = "what a rate has to meet; default: all.p99<500ms, shed<=1%%, failed<=0, unknown<=0")
    private List<String> expected = new ArrayList<>();

    @Option(
            names = "--check-estimate",
            description = "calibrate the warm stack afterwards, and show what the estimate says of each rung")
    private boolean checkEstimate;

    @Option(names = "--json", paramLabel = "FILE", description = "write everything as JSON, too")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with the curves, too")
    private @Nullable Path html;

    @Override
    public Integer call() throws NoStack, SQLException, IOException, TargetUnreachable {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        List<Pattern> wanted = patterns();
        Predicate<Sent> thresholds = thresholds();
        requireUsable(wanted);
        Stack stack = Stack.from(System.getenv());
        Map<Pattern, List<Climb>> climbed = new LinkedHashMap<>();
        long begin = System.nanoTime();
        try (Meters meters = new Meters(stack);
                Switchboard switches = new Switchboard(stack)) {
            Ladder ladder =
                    new Ladder(stack, meters, switches, quick ? Ladder.Pace.QUICK : Ladder.Pace.FULL, thresholds);
            say(out, begin, "warming up the monolith");
            ladder.warmUp(Rung.MONOLITH);
            say(out, begin, "warming up the platform");
            ladder.warmUp(Rung.BATCHED);
            for (Pattern pattern : wanted) {
                List<Climb> climbs = new ArrayList<>();
                climbed.put(pattern, climbs);
                double start = first(pattern, climbed);
                for (Rung rung : Rung.of(pattern)) {
                    if (rungs.isEmpty() || rungs.contains(rung.id())) {
                        say(out, begin, pattern.title() + ": " + rung.title());
                        Climb climb = ladder.climb(pattern, rung, start);
                        start = Math.max(STEP_DOWN * climb.limit(), FIRST_RATE / 4);
                        climbs.add(climb);
                        climb.verdict().differences().stream()
                                .limit(3)
                                .forEach(difference -> out.println("  ! " + difference.describe()));
                    }
                }
                out.println();
                LadderTable.lines(pattern, climbs).forEach(out::println);
                if (pattern == Pattern.KNOCKS) {
                    LadderTable.share(climbed).ifPresent(out::println);
                }
                LadderTable.writes(climbs).forEach(out::println);
                LadderTable.processors(climbs).forEach(out::println);
                out.println();
            }
            // As a start leaves it.
            switches.use(Rung.EDGE);
        }
        if (checkEstimate) {
            Measured measured = new Measured(
                    LimitsCommand.calibrate(stack, Limits.lastCalibration(System.getenv()), CALIBRATION, out));
            out.println();
            Forecast.lines(climbed.values().stream()
                            .flatMap(List::stream)
                            .filter(climb -> climb.limit() > 0 && climb.pattern() != Pattern.KNOCKS)
                            .map(climb -> Forecast.of(climb, measured))
                            .toList())
                    .forEach(out::println);
            out.println();
        }
        LadderReport report = new LadderReport(Clock.systemUTC().instant(), texts(), climbed);
        if (json != null) {
            report.writeJson(json);
        }
        if (html != null) {
            report.writeHtml(html);
        }
        out.println("best/s: highest rate tried that met the thresholds; ! its counts were wrong; * the");
        out.println("generator was the bottleneck. cpu s/1k: processor seconds of the whole system per");
        out.println("1,000 accepted writes at that rate; gen: the generator's own, on the same cores.");
        say(out, begin, "done");
        boolean exact = climbed.values().stream()
                .flatMap(List::stream)
                .allMatch(climb -> climb.verdict().passed());
        return exact ? 0 : 1;
    }

    /** The gateway alone carries about what it carries in likes: from the bottom the search would not get there in time. */
    private static double first(Pattern pattern, Map<Pattern, List<Climb>> climbed) {
        return pattern == Pattern.KNOCKS
                ? Math.max(FIRST_RATE, STEP_DOWN * LadderTable.limit(climbed, Pattern.HOT, Rung.EDGE))
                : FIRST_RATE;
    }

    /** A climb takes minutes: what could not be climbed or written is refused before. */
    private void requireUsable(List<Pattern> wanted) {
        List<String> known = wanted.stream()
                .flatMap(pattern -> Rung.of(pattern).stream())
                .map(Rung::id)
                .toList();
        for (String rung : rungs) {
            if (!known.contains(rung)) {
                throw usage("--rung: there is no \"" + rung + "\" under these patterns");
            }
        }
        for (Path file : Stream.of(json, html).filter(Objects::nonNull).toList()) {
            if (!WholeFile.hasFolder(file)) {
                throw usage("there is no folder for " + file);
            }
        }
    }

    private List<Pattern> patterns() {
        if (patterns.isEmpty()) {
            return quick ? List.of(Pattern.HOT) : List.of(Pattern.values());
        }
        List<Pattern> wanted = new ArrayList<>();
        for (String name : patterns) {
            wanted.add(List.of(Pattern.values()).stream()
                    .filter(pattern -> pattern.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> usage("--pattern: there is no \"" + name + "\"")));
        }
        return wanted;
    }

    private Predicate<Sent> thresholds() {
        List<String> texts =
                expected.isEmpty() ? List.of("all.p99<500ms", "shed<=1%", "failed<=0", "unknown<=0") : expected;
        try {
            List<Threshold> thresholds = texts.stream().map(Threshold::parse).toList();
            return sent -> thresholds.stream()
                    .allMatch(threshold -> threshold.check(sent).met());
        } catch (IllegalArgumentException e) {
            throw usage("--expect: " + e.getMessage());
        }
    }

    private List<String> texts() {
        return expected.isEmpty() ? List.of("all.p99<500ms", "shed<=1%", "failed<=0", "unknown<=0") : expected;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private static void say(PrintWriter out, long begin, String what) {
        out.printf("[%3d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000, what);
        out.flush();
    }
}
