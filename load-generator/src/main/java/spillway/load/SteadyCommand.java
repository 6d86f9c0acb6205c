package spillway.load;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import spillway.load.limit.LimitSearch;
import spillway.load.plan.Mix;
import spillway.load.plan.Popularity;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;

/** One constant rate; or, asked for the limit, the search of the highest one. */
@Command(
        name = "steady",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "one constant rate, or with --find-limit the highest that is carried")
final class SteadyCommand implements Callable<Integer> {

    private static final double CLOSENESS = 1.05;

    private final Invocation invocation;

    @Mixin
    private RunFlags run = new RunFlags();

    @Mixin
    private CrowdFlags crowd = new CrowdFlags();

    @Option(
            names = "--find-limit",
            description = "search the highest rate that meets the thresholds, beginning with --rate; unless --expect"
                    + " says otherwise: all.p99<1s, failed=0, shed<=1%%")
    private boolean findLimit;

    @Option(
            names = "--trial",
            paramLabel = "TIME",
            defaultValue = "8s",
            converter = Seconds.class,
            description = "length of one trial of the search, a quarter of it warm-up; default: ${DEFAULT-VALUE}")
    private Duration trial = Duration.ZERO;

    @Option(
            names = "--find-limit-time",
            paramLabel = "TIME",
            defaultValue = "120s",
            converter = Seconds.class,
            description = "no trial that would end later is begun; default: ${DEFAULT-VALUE}")
    private Duration patience = Duration.ZERO;

    SteadyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Refusal {
        Scenario scenario = crowd.scenario("steady", run.seed(), Shape::steady, 1, Mix.BROWSING, Popularity.ZIPF);
        if (!findLimit) {
            return run.run(scenario, invocation);
        }
        Refusal.unless(trial.compareTo(Duration.ofSeconds(1)) >= 0, "--trial must be 1s or longer");
        Refusal.unless(patience.compareTo(trial) >= 0, "--find-limit-time must be as long as one --trial");
        Refusal.unless(crowd.rate() >= 1, "--rate must be 1 or more with --find-limit");
        LimitSearch.Bounds bounds = new LimitSearch.Bounds(crowd.rate(), CrowdFlags.MAX_RATE, CLOSENESS, patience);
        return run.findLimit(scenario, new LimitSearch(bounds, System::nanoTime), trial, invocation);
    }
}
