package spillway.chaos.overload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.chaos.site.Wait;
import spillway.load.oracle.Outcome;
import spillway.load.plan.Operation;
import spillway.load.run.RunOptions;
import spillway.load.run.RunResult;
import spillway.load.run.Session;
import spillway.load.run.Target;
import spillway.load.run.TargetUnreachable;
import spillway.load.run.Witness;

/** One order from the first post to the oracle's verdict, watched all the while. */
final class Drive {

    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofMillis(1_500);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final Ground ground;
    private final Order order;
    private final Tape tape = Tape.ofAnswers(System::nanoTime);
    private final Map<String, Tape> spared = new LinkedHashMap<>();
    private volatile Map<String, Double> cpu = Map.of();
    private volatile @Nullable String trouble;

    Drive(Ground ground, Order order) {
        this.ground = ground;
        this.order = order;
        order.spared().forEach(some -> spared.put(some.name(), Tape.ofRequests(some.which(), System::nanoTime)));
    }

    Course run() throws Unreachable {
        try (Session session = new Session(order.scenario(), options(), new Tapes(tapes()));
                Watch watch = new Watch(ground.control(), tape::now)) {
            ground.notes().standing(order.trial().label() + ": tokens and posts");
            session.begin();
            session.send(List.of(order.scenario().publishing()), null);
            session.connect();
            Map<String, Long> lives = ground.lives();
            tapes().forEach(Tape::begin);
            watch.start();
            Thread disturbing = Thread.ofPlatform().daemon().name("disturbance").start(this::disturb);
            ground.notes().standing(order.trial().label() + ": " + order.time().end() + " s of traffic");
            session.send(List.of(order.scenario().browsing()), null);
            disturbing.join();
            ground.notes().standing(order.trial().label() + ": draining and reading back");
            RunResult result = session.conclude();
            watch.end();
            return new Course(
                    order,
                    result,
                    tape,
                    spared,
                    watch.looks(),
                    watch.pressed(),
                    watch.memory(),
                    cpu,
                    ground.restarted(lives).toList(),
                    trouble);
        } catch (TargetUnreachable e) {
            throw new Unreachable("the gateway gives no tokens: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    private List<Tape> tapes() {
        List<Tape> all = new ArrayList<>(spared.values());
        all.add(tape);
        return all;
    }

    private RunOptions options() {
        return new RunOptions(
                Target.of(ground.site().url("gateway"), List.of(Site.HOST)),
                ground.settings().seed(),
                UUID.randomUUID().toString(),
                Ground.MOST_IN_FLIGHT,
                order.patience(),
                DRAIN,
                SETTLE,
                GIVE_UP,
                null,
                List.of(),
                order.naiveRetries());
    }

    private void disturb() {
        Wait.during(until(order.time().from()));
        Processors processors = new Processors(ground.site(), ground.cores().all());
        try {
            try {
                order.disturbance().begin();
                Wait.during(until(order.time().to()));
            } finally {
                order.disturbance().end();
            }
        } catch (IOException | IllegalStateException e) {
            trouble = String.valueOf(e.getMessage());
        }
        cpu = processors.shares();
    }

    private Duration until(int second) {
        return Duration.ofNanos((long) ((second - tape.now()) * 1e9));
    }

    /** All of them see everything. */
    private record Tapes(List<Tape> tapes) implements Witness {

        @Override
        public void sent(Operation operation) {
            tapes.forEach(tape -> tape.sent(operation));
        }

        @Override
        public void heldBack(Operation operation) {
            tapes.forEach(tape -> tape.heldBack(operation));
        }

        @Override
        public void ended(Operation operation, Outcome outcome, long sinceDue) {
            tapes.forEach(tape -> tape.ended(operation, outcome, sinceDue));
        }

        @Override
        public void created(int post, String id) {
            tapes.forEach(tape -> tape.created(post, id));
        }
    }
}
