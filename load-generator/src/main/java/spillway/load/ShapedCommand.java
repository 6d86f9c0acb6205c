package spillway.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import spillway.load.plan.Preset;

/** A scenario whose rate moves between a base and a peak. */
@Command(mixinStandardHelpOptions = true)
final class ShapedCommand implements Callable<Integer> {

    private static final double HIGHEST_PEAK = 1_000;

    private final Preset preset;
    private final Invocation invocation;

    @Mixin
    private RunFlags run = new RunFlags();

    @Mixin
    private CrowdFlags crowd = new CrowdFlags();

    @Option(
            names = "--peak",
            paramLabel = "N",
            description = "the highest rate as a multiple of the base rate; default: ${DEFAULT-VALUE}")
    private double peak;

    private ShapedCommand(Preset preset, Invocation invocation) {
        this.preset = preset;
        this.invocation = invocation;
        this.peak = preset.peak();
    }

    static CommandSpec of(Preset preset, Invocation invocation) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new ShapedCommand(preset, invocation));
        spec.usageMessage().description(preset.description());
        spec.versionProvider(new Version());
        return spec;
    }

    @Override
    public Integer call() throws Refusal {
        Refusal.unless(peak >= 1 && peak <= HIGHEST_PEAK, "--peak must be from 1 to " + (int) HIGHEST_PEAK);
        return run.run(
                crowd.scenario(
                        preset.label(),
                        run.seed(),
                        (rate, length) -> preset.shape(rate, peak, length),
                        peak,
                        preset.mix(),
                        preset.popularity()),
                invocation);
    }
}
