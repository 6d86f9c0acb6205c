package spillway.lab.reshard;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;
import spillway.load.Terminal;
import spillway.load.WholeFile;

/** The command {@code reshard}: starts one, and its subcommands watch and steer the newest. */
@Command(
        name = "reshard",
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = false,
        description =
                "Moves slots of users to other shards while the stack serves. What it does can be paused and aborted"
                        + " at any time, and rolled back without loss until it is finished. Ends once every slot is at its target:"
                        + " then say finish, or rollback.",
        exitCodeListHeading = "%nEnds with:%n",
        exitCodeList = {
            " 0:as asked",
            " 1:refused, halted, or it ended otherwise than asked",
            " 2:wrong usage",
            " 3:no stack is up, or the service does not answer"
        })
public final class ReshardCommand implements Callable<Integer> {

    private static final int AS_ASKED = 0;
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 3;
    private static final Set<Part> PARTS = EnumSet.of(Part.GATEWAY, Part.CONTENT);
    private static final Set<String> PLANS = Set.of("even", "hot");
    private static final String LATER = "  ./spillway reshard status --watch   look again";

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Duration every;

    /** One for all that is watched, so that nothing is told twice. */
    private @Nullable LiveView view;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--to", paramLabel = "N", description = "how many shards there are to be, more than now")
    private int to;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            defaultValue = "even",
            description = "even: as many slots on each; hot: as much load; default: ${DEFAULT-VALUE}")
    private String plan = "even";

    /** What comes after the start, and how much is shown of it. */
    static final class Following {

        @Option(names = "--no-throttle", description = "copy as fast as it goes, though writers become slower")
        private boolean noThrottle;

        @Option(names = "--finish", description = "finish at once when every slot is at its target")
        private boolean finish;

        @Option(names = "--wait", description = "go on showing until somebody finishes or rolls back")
        private boolean wait;

        @Option(names = "--json", paramLabel = "FILE", description = "write the last status as JSON")
        private @Nullable Path json;
    }

    @Mixin
    private Following following = new Following();

    public ReshardCommand() {
        this(System.getenv(), Clock.systemUTC(), Duration.ofMillis(500));
    }

    /** @param every from one look at the status to the next */
    ReshardCommand(Map<String, String> environment, InstantSource clock, Duration every) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.every = every;
    }

    @Override
    public Integer call() {
        if (to < 1) {
            throw usage("say --to N, how many shards there are to be, or one of the subcommands");
        }
        if (!PLANS.contains(plan)) {
            throw usage("--plan is even or hot");
        }
        Following how = checked(following);
        return start(new Wish.Grow(to, plan, !how.noThrottle), how);
    }

    @Command(mixinStandardHelpOptions = true, description = "Moves half of one shard's load to a shard that has none.")
    int split(
            @Parameters(paramLabel = "SHARD", description = "the shard with too much") int shard,
            @Option(names = "--onto", paramLabel = "SHARD", required = true, description = "one without slots")
                    int onto,
            @Mixin Following how) {
        return start(new Wish.Split(shard, onto, !how.noThrottle), checked(how));
    }

    @Command(mixinStandardHelpOptions = true, description = "How the newest reshard stands.")
    int status(@Option(names = "--watch", description = "show it as it goes") boolean watch) {
        return withDoor(door -> {
            Status newest = newest(door);
            if (watch) {
                return told(watch(door, newest, status -> status.phase().waitsForOperator()));
            }
            StatusTable.lines(newest, clock.instant()).forEach(out()::println);
            return told(newest);
        });
    }

    @Command(mixinStandardHelpOptions = true, description = "Stops copying and moving; writes go on as they are.")
    int pause() {
        return withDoor(door -> {
            Status paused = door.order(newest(door).id(), Order.PAUSE);
            out().println(StatusTable.headline(paused, clock.instant()));
            out().println("  ./spillway reshard resume | abort | status");
            return AS_ASKED;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Goes on after a pause, or after what halted it is repaired.")
    int resume() {
        return withDoor(door -> {
            Status going = door.order(newest(door).id(), Order.RESUME);
            return told(watch(door, going, status -> status.phase().waitsForOperator()));
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Drops what was copied, as long as no slot was handed over.")
    int abort() {
        return to(Order.ABORT, Phase.ABORTED);
    }

    @Command(mixinStandardHelpOptions = true, description = "Moves every slot back to where it was; nothing is lost.")
    int rollback() {
        return to(Order.ROLLBACK, Phase.ROLLED_BACK);
    }

    @Command(mixinStandardHelpOptions = true, description = "Drops the old shards' copies; there is no way back.")
    int finish() {
        return to(Order.FINISH, Phase.DONE);
    }

    @Command(mixinStandardHelpOptions = true, description = "Which shard has which slots.")
    int shards() {
        return withDoor(door -> {
            door.shards().lines().forEach(out()::println);
            return AS_ASKED;
        });
    }

    private int start(Wish wish, Following how) {
        return withDoor(door -> {
            Status status = watch(
                    door,
                    door.start(wish),
                    how.wait
                            ? now -> now.phase() == Phase.HALTED
                            : now -> now.phase().waitsForOperator());
            if (how.finish && status.phase() == Phase.CUT_OVER) {
                status = watch(door, door.order(status.id(), Order.FINISH), now -> now.phase() == Phase.HALTED);
            }
            if (how.json != null) {
                WholeFile.write(how.json, status.said().toPrettyString() + "\n");
            }
            int code = told(status);
            return status.phase() == Phase.ABORTED || status.phase() == Phase.ROLLED_BACK ? REFUSED : code;
        });
    }

    private int to(Order order, Phase end) {
        return withDoor(door -> {
            Status ordered = door.order(newest(door).id(), order);
            Status status = watch(door, ordered, now -> now.phase() == Phase.HALTED);
            int code = told(status);
            return status.phase() == end ? code : REFUSED;
        });
    }

    /** Until it has ended, or is as far as asked. */
    private Status watch(ReshardDoor door, Status first, Predicate<Status> enough) throws IOException, Refused {
        LiveView view = this.view == null ? new LiveView(out(), Terminal.isInteractive(), clock) : this.view;
        this.view = view;
        Thread goodbye = new Thread(this::sayThatItGoesOn, "goodbye");
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            return new Watching(door, view, every)
                    .until(first, now -> now.phase().isEnd() || enough.test(now));
        } finally {
            Runtime.getRuntime().removeShutdownHook(goodbye);
        }
    }

    private void sayThatItGoesOn() {
        out().println();
        out().println("The reshard goes on without this view:");
        out().println(LATER);
        out().println("  ./spillway reshard pause | abort");
        out().flush();
    }

    /** What the operator can do now. */
    private int told(Status status) {
        return switch (status.phase()) {
            case CUT_OVER -> {
                out().println("Every slot is at its target, and the sources follow. Now one of");
                out().println("  ./spillway reshard finish     drop the old copies; no way back from there");
                out().println("  ./spillway reshard rollback   move every slot back; nothing is lost");
                yield AS_ASKED;
            }
            case HALTED -> {
                out().println("Halted: source and target differ, so nothing is handed over. Repair, and then");
                out().println("  ./spillway reshard resume     verify again and go on");
                out().println("  ./spillway reshard abort      or rollback, once slots were handed over");
                yield REFUSED;
            }
            case PAUSED -> {
                out().println("  ./spillway reshard resume     go on");
                yield AS_ASKED;
            }
            case RUNNING, ABORTING, ROLLING_BACK, FINISHING -> {
                out().println(LATER);
                yield AS_ASKED;
            }
            case ABORTED, ROLLED_BACK, DONE -> AS_ASKED;
        };
    }

    private static Status newest(ReshardDoor door) throws IOException, Refused {
        return door.newest().orElseThrow(() -> new Refused(0, "nothing was ever resharded here"));
    }

    @FunctionalInterface
    private interface Work {
        int at(ReshardDoor door) throws IOException, Refused;
    }

    private int withDoor(Work work) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (ReshardDoor door = door()) {
            return work.at(door);
        } catch (Refused e) {
            err.println(e.getMessage());
            return REFUSED;
        } catch (NoStack e) {
            err.println(e.getMessage());
            return UNREACHABLE;
        } catch (IOException e) {
            err.println("post-content-service does not answer: " + e);
            return UNREACHABLE;
        }
    }

    /** Of the stack that the launcher started, or of one in containers, where the addresses are given. */
    private ReshardDoor door() throws NoStack {
        String gateway = environment.get("SPILLWAY_RESHARD_GATEWAYURL");
        String content = environment.get("SPILLWAY_RESHARD_CONTENTURL");
        if (gateway != null && content != null) {
            return new ReshardDoor(gateway, content);
        }
        Stack stack = Stack.from(environment, PARTS);
        return new ReshardDoor(stack.url(Part.GATEWAY), stack.url(Part.CONTENT));
    }

    private Following checked(Following how) {
        if (how.finish && how.wait) {
            throw usage("--finish or --wait, not both");
        }
        if (how.json != null && !WholeFile.hasFolder(how.json)) {
            throw usage("--json: there is no folder for " + how.json);
        }
        return how;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
