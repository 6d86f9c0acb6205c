package spillway.content.reshard;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;
import spillway.platform.security.Forbidden;

/** Starts and steers reshards, for operators; the gateway does not lead here. */
@Hidden
@RestController
class ReshardController {

    private static final Logger LOG = LoggerFactory.getLogger(ReshardController.class);

    private final Reshards reshards;
    private final Targets targets;
    private final Clock clock;

    ReshardController(Reshards reshards, Targets targets, Clock clock) {
        this.reshards = reshards;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * What to do.
     *
     * @param to that many shards; or else
     * @param split half of this shard's load,
     * @param onto to this shard
     * @param plan even (default) or hot: as many slots on each, or as few moved as even out the load
     * @param throttle whether clients come first (default)
     */
    record Wanted(
            @Nullable @Min(1) @Max(Slot.COUNT) Integer to,
            @Nullable @Min(0) Integer split,
            @Nullable @Min(0) Integer onto,
            @Nullable String plan,
            @Nullable Boolean throttle) {}

    /** All reshards there were. */
    record Listed(List<Status> items) {}

    /**
     * Where slots are, by the shards' own word.
     *
     * @param epoch the version of the routers' map, which may be behind it
     * @param shards all that are configured
     */
    record ShardList(long epoch, List<ShardSlots> shards) {}

    /**
     * A shard's slots.
     *
     * @param reachable whether this instance has found the shard's tables since it started
     */
    record ShardSlots(int shard, String slots, int count, boolean reachable) {}

    @PostMapping("/admin/reshards")
    ResponseEntity<Status> start(@Valid @RequestBody Wanted wanted, Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        if (reshards.underWay().isPresent()) {
            throw conflict("A reshard is under way already.");
        }
        Plan plan = plan(wanted, targets.owners());
        if (plan.parts().isEmpty()
                || plan.parts().stream().anyMatch(part -> part.slots().isEmpty())) {
            throw conflict("No slot would move.");
        }
        plan.parts().stream().map(Plan.Part::target).distinct().forEach(targets::requireEmpty);
        long id = reshards.record(
                plan,
                wanted.throttle() == null || wanted.throttle(),
                part -> targets.rows(part.source(), part.slots()));
        LOG.info(
                "Reshard {} from {} to {} shards, user {} says", id, plan.fromShards(), plan.toShards(), caller.user());
        return ResponseEntity.created(URI.create("/admin/reshards/" + id)).body(status(id));
    }

    private Plan plan(Wanted wanted, Map<Integer, SlotSet> owners) {
        Planner planner = new Planner(owners);
        Integer to = wanted.to();
        Integer split = wanted.split();
        Integer onto = wanted.onto();
        if (to != null && split == null && onto == null) {
            int shards = owners.size();
            if (to <= shards) {
                throw conflict(
                        to == shards
                                ? "There are " + to + " shards already."
                                : "There are " + shards + " shards; to fewer nothing is moved.");
            }
            return switch (wanted.plan() == null ? "even" : wanted.plan()) {
                case "even" -> planner.even(to);
                case "hot" -> planner.hot(to, targets.load(owners));
                default -> throw invalid("plan is even or hot.");
            };
        }
        if (to == null && split != null && onto != null && wanted.plan() == null) {
            if (!owners.containsKey(split)) {
                throw conflict("Shard " + split + " has no slots.");
            }
            if (owners.containsKey(onto)) {
                throw conflict("Shard " + onto + " is not empty: it has slots.");
            }
            return planner.split(split, onto, targets.load(owners));
        }
        throw invalid("Say either to, with a plan if wanted, or split and onto.");
    }

    @GetMapping("/admin/reshards")
    Listed all(Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        return new Listed(reshards.all().stream().map(this::status).toList());
    }

    @GetMapping("/admin/reshards/{id}")
    Status one(@PathVariable long id, Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        return status(id);
    }

    @GetMapping("/admin/shards")
    ShardList shards(Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        Map<Integer, SlotSet> owners = targets.owners();
        return new ShardList(
                reshards.mapEpoch(),
                IntStream.range(0, targets.configured())
                        .mapToObj(shard -> {
                            SlotSet slots = owners.getOrDefault(shard, SlotSet.NONE);
                            return new ShardSlots(shard, slots.toString(), slots.size(), targets.isReachable(shard));
                        })
                        .toList());
    }

    @PostMapping("/admin/reshards/{id}/{action}")
    ResponseEntity<Status> steer(@PathVariable long id, @PathVariable String action, Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        Reshards.Recorded recorded = recorded(id);
        Status now = status(recorded);
        if (now.endedAt() != null) {
            throw conflict("Reshard " + id + " has ended: " + now.state() + ".");
        }
        Wish wish = wish(action, now);
        Wish before = recorded.wish();
        if (wish == Wish.RUN) {
            reshards.unhalt(id);
        }
        if (wish != before && !reshards.wish(id, before, wish)) {
            throw conflict("Somebody else steers reshard " + id + " at this moment.");
        }
        LOG.info("Reshard {}: {}, user {} says", id, wish, caller.user());
        return ResponseEntity.accepted().body(status(id));
    }

    private static Wish wish(String action, Status now) {
        Set<Status.State> open =
                Set.of(Status.State.RUNNING, Status.State.PAUSED, Status.State.HALTED, Status.State.CUT_OVER);
        boolean handedOver = now.moves().stream().anyMatch(move -> move.handedOver() > 0);
        return switch (action.toLowerCase(Locale.ROOT)) {
            case "pause" -> require(now, open, Wish.PAUSE);
            case "resume" ->
                now.state() == Status.State.HALTED
                                && now.moves().stream().anyMatch(move -> move.state() == MoveState.ROLLING_BACK)
                        ? Wish.ROLLBACK
                        : require(now, open, Wish.RUN);
            case "abort" -> {
                if (handedOver) {
                    throw conflict("Slots have been handed over: use rollback.");
                }
                yield require(now, open, Wish.ABORT);
            }
            case "rollback" -> require(now, open, Wish.ROLLBACK);
            case "finish" -> {
                if (!now.moves().stream().allMatch(move -> move.state() == MoveState.NEW)) {
                    throw conflict("Not every slot has been handed over yet.");
                }
                yield require(now, open, Wish.FINISH);
            }
            default -> throw new ReshardRefused(ProblemType.NOT_FOUND, "There is no action " + action + ".");
        };
    }

    private static Wish require(Status now, Set<Status.State> states, Wish wish) {
        if (!states.contains(now.state())) {
            throw conflict("Reshard " + now.id() + " is " + now.state() + ".");
        }
        return wish;
    }

    private Status status(long id) {
        return status(recorded(id));
    }

    private Status status(Reshards.Recorded recorded) {
        return Status.of(recorded, reshards.moves(recorded.id()), clock.instant());
    }

    private Reshards.Recorded recorded(long id) {
        return reshards.find(id)
                .orElseThrow(() -> new ReshardRefused(ProblemType.NOT_FOUND, "There is no reshard " + id + "."));
    }

    private static ReshardRefused conflict(String why) {
        return new ReshardRefused(ProblemType.CONFLICT, why);
    }

    private static ReshardRefused invalid(String why) {
        return new ReshardRefused(ProblemType.INVALID_REQUEST, why);
    }
}
