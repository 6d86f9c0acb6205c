package spillway.chaos.reshard;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import spillway.chaos.site.Processes;
import spillway.chaos.site.Site;
import spillway.chaos.site.Wait;
import spillway.lab.reshard.Phase;
import spillway.lab.reshard.Refused;
import spillway.lab.reshard.ReshardDoor;
import spillway.lab.reshard.Stage;
import spillway.lab.reshard.Status;

/**
 * Kills the worker again and again, and stops it now and then for longer than the shards let a silent transaction live. Kills
 * are spread over the stages: one that no move was struck in as often as its share comes first. Thread-safe.
 */
final class Striker {

    static final String WORKER = "reshard-worker";

    private static final int MOST_STOPS = 12;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Site site;
    private final Processes processes;
    private final ReshardDoor operator;
    private final SplittableRandom random;
    private final int wanted;
    private final Consumer<String> told;
    private final Spread killsByStage;
    private final Map<Stage, Integer> stopsByStage = new EnumMap<>(Stage.class);
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private @Nullable Thread striking;
    private volatile boolean over;

    /**
     * A striker at rest.
     *
     * @param wanted kills in all
     * @param told of each strike, a line
     */
    Striker(Site site, Processes processes, ReshardDoor operator, long seed, int wanted, Consumer<String> told) {
        this.site = site;
        this.processes = processes;
        this.operator = operator;
        this.random = new SplittableRandom(seed);
        this.wanted = wanted;
        this.killsByStage = new Spread(wanted);
        this.told = told;
    }

    /**
     * What was done; a strike hits every move that is under way, so the stages add up to more.
     *
     * @param kills by kill -9
     * @param stops by SIGSTOP
     */
    record Struck(
            int wanted, int kills, Map<Stage, Integer> killsByStage, int stops, Map<Stage, Integer> stopsByStage) {

        Struck {
            killsByStage = Map.copyOf(killsByStage);
            stopsByStage = Map.copyOf(stopsByStage);
        }
    }

    /** Strikes while this reshard goes on, until {@link #end} or so many kills. */
    void begin(long reshard, int most) {
        over = false;
        int until = Math.min(wanted, kills.get() + most);
        striking = Thread.ofPlatform().daemon().name("strikes").start(() -> run(reshard, until));
    }

    void end() {
        over = true;
        Thread running = striking;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(long reshard, int until) {
        long next = System.nanoTime();
        while (!over && kills.get() < until) {
            Wait.during(LOOK);
            if (System.nanoTime() - next < 0) {
                continue;
            }
            try {
                Status status = operator.status(reshard);
                Set<Stage> stages = stages(status);
                if (!canBeStruck(status, stages)) {
                    continue;
                }
                if (stages.contains(Stage.SEAL) && stops.get() < MOST_STOPS && random.nextInt(3) == 0) {
                    stop(stages);
                } else if (killsByStage.isDue(stages)) {
                    kill(stages);
                } else {
                    continue;
                }
                next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300 + random.nextInt(1_500));
            } catch (IOException | Refused | IllegalStateException e) {
                // Ended or not back yet: the next look will tell.
            }
        }
    }

    private boolean canBeStruck(Status status, Set<Stage> stages) {
        boolean alive = site.part(WORKER).flatMap(Site.Entry::process).isPresent();
        return alive && status.workerPresent() && !status.phase().isEnd() && !stages.isEmpty();
    }

    private static Set<Stage> stages(Status status) {
        Set<Stage> stages = status.moves().stream()
                .map(Status.Move::stage)
                .filter(stage -> !stage.isEnd())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class)));
        if (status.phase() == Phase.FINISHING) {
            stages.add(Stage.NEW);
        }
        return stages;
    }

    private void kill(Set<Stage> stages) {
        processes.kill(WORKER);
        kills.incrementAndGet();
        killsByStage.struck(stages);
        told.accept("kill %d while %s".formatted(kills.get(), names(stages)));
    }

    private void stop(Set<Stage> stages) throws IOException {
        ProcessHandle stopped = processes.stop(WORKER);
        stops.incrementAndGet();
        countStop(stages);
        told.accept("stop %d while %s".formatted(stops.get(), names(stages)));
        Wait.during(Duration.ofMillis(400 + random.nextInt(2_000)));
        processes.goOn(stopped);
    }

    private static String names(Set<Stage> stages) {
        return stages.stream().map(Result::name).collect(Collectors.joining(", "));
    }

    private synchronized void countStop(Set<Stage> stages) {
        stages.forEach(stage -> stopsByStage.merge(stage, 1, Integer::sum));
    }

    synchronized Struck struck() {
        return new Struck(wanted, kills.get(), killsByStage.byStage(), stops.get(), stopsByStage);
    }
}
