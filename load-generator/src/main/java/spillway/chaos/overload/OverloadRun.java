package spillway.chaos.overload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import spillway.chaos.site.Console;
import spillway.chaos.site.Processes;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.chaos.site.Wait;
import spillway.platform.wire.Wire;

/** The trials one after the other, each on a stack that has calmed down. */
final class OverloadRun {

    private static final Duration CALM_LIMIT = Duration.ofMinutes(3);
    private static final double NO_LEVEL = 0.05;
    private static final double NO_BACKLOG_SECONDS = 3;

    private final OverloadSettings settings;
    private final Site site;
    private final int management;
    private final Console console;
    private volatile String standing = "";

    OverloadRun(OverloadSettings settings, Site site, int management, Console console) {
        this.settings = settings;
        this.site = site;
        this.management = management;
        this.console = console;
    }

    /** @param told takes each ending as it comes */
    Result execute(Consumer<Ending> told) throws Unreachable, IOException {
        try (Processes processes = new Processes(site);
                Control control = new Control(site, management);
                // The stack of chaos likes reaches Redis by a wire that its runner hosts; nothing disturbs it here.
                Wire wire = new Wire(Site.HOST, site.port("redis"), site.wirePort())) {
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close, "go on"));
            wire.mend();
            console.follow(() -> standing);
            Cores cores = cores();
            double capacity = capacity();
            Ground ground = new Ground(settings, site, processes, control, capacity, cores, notes());
            List<Ending> endings = new ArrayList<>();
            for (Trial trial : Arrays.stream(Trial.values())
                    .filter(settings.trials()::contains)
                    .toList()) {
                standing = trial.label() + ": until the stack is calm";
                if (!Wait.until(() -> isCalm(control), CALM_LIMIT)) {
                    return new Result(settings, capacity, cores, endings, trial);
                }
                Ending ending = run(trial, ground);
                endings.add(ending);
                told.accept(ending);
            }
            return new Result(settings, capacity, cores, endings, null);
        }
    }

    /** Divided only when everything is warm: a compiler that has all processors needs minutes as it is. */
    private Cores cores() throws Unreachable {
        Cores cores = Cores.shared();
        if (settings.isWarmedUp()) {
            standing = "warming up";
            Capacity.warmUp(site, settings.seed());
            cores = Cores.divide(site);
        }
        console.say("processors  " + cores);
        return cores;
    }

    private double capacity() throws Unreachable {
        if (settings.capacity().isPresent()) {
            return settings.capacity().getAsDouble();
        }
        standing = "searching what the stack carries";
        double found = Capacity.find(site, settings.seed());
        console.say("capacity    %,.0f writes/s".formatted(found));
        return found;
    }

    private static Ending run(Trial trial, Ground ground) throws Unreachable, IOException {
        return switch (trial) {
            case BLACK_FRIDAY -> Surge.of(ground, trial, 4);
            case BLACK_FRIDAY_12X -> Surge.of(ground, trial, 12);
            case METASTABLE -> RetryStorm.withAdmission(ground);
            case METASTABLE_OFF -> RetryStorm.without(ground);
            case SLOW_SHARD -> StoppedStore.shard(ground);
            case SLOW_REDIS -> StoppedStore.redis(ground);
            case KAFKA_STALL -> StoppedStore.kafka(ground);
            case SLOW_CLIENTS -> SlowPeers.run(ground);
            case SAMPLING -> SampledViews.run(ground);
            case LONG -> Endurance.run(ground);
        };
    }

    /** Nothing is shed, and no like waits for longer than a batch. */
    private static boolean isCalm(Control control) {
        try {
            Pressed pressed = Pressed.of(0, control.pressure());
            Double oldest = pressed.oldest();
            Double backlog = pressed.backlog();
            return control.admission().path("level").asDouble(1) < NO_LEVEL
                    && oldest != null
                    && backlog != null
                    && (backlog == 0 || oldest < NO_BACKLOG_SECONDS);
        } catch (IOException notYet) {
            return false;
        }
    }

    private Ground.Notes notes() {
        return line -> standing = line;
    }
}
