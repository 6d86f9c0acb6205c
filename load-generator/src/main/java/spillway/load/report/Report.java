package spillway.load.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import spillway.load.limit.Limit;
import spillway.load.run.LimitRun;
import spillway.load.run.RunResult;
import spillway.load.run.Sent;
import spillway.load.threshold.Check;

/**
 * All that is said of a run.
 *
 * @param command what was called
 * @param checks the thresholds and how they came out
 * @param trials the trials of the search for the limit, or null when there was none; then {@code checks} are empty, since
 *     each trial has its own
 */
public record Report(
        String command,
        RunResult run,
        List<Check> checks,
        @Nullable Limit<Attempt> trials) {

    /** What a trial of the search showed. */
    public record Attempt(Sent sent, List<Check> checks) {

        /** Why it failed, in a few words; empty when nothing speaks against it. */
        public String reason() {
            List<String> missed = checks.stream()
                    .filter(check -> !check.met())
                    .map(check -> check.threshold() + " is " + check.actual())
                    .toList();
            if (sent.lost() != null) {
                return "target lost";
            }
            return !missed.isEmpty()
                    ? String.join(", ", missed)
                    : sent.isFull() ? "%,d held back".formatted(sent.heldBack()) : "";
        }
    }

    public Report {
        checks = List.copyOf(checks);
    }

    public Report(String command, RunResult run, List<Check> checks) {
        this(command, run, checks, null);
    }

    public static Report ofLimit(String command, LimitRun.Found found, Function<Sent, List<Check>> checks) {
        Limit<Attempt> trials = new Limit<>(found.limit().trials().stream()
                .map(trial -> new Limit.Trial<>(
                        trial.rate(), trial.passed(), new Attempt(trial.shown(), checks.apply(trial.shown()))))
                .toList());
        return new Report(command, found.run(), List.of(), trials);
    }

    /** Whether every promise was kept and every threshold met, and a limit, if one was asked for, was found. */
    public boolean passed() {
        return run.verdict().passed()
                && checks.stream().allMatch(Check::met)
                && (trials == null || trials.passed().isPresent());
    }
}
