package spillway.chaos.reshard;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import spillway.chaos.reshard.Latencies.Part;
import spillway.chaos.site.Console;
import spillway.chaos.site.Door;
import spillway.chaos.site.Processes;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.chaos.site.Wait;
import spillway.lab.reshard.Order;
import spillway.lab.reshard.Phase;
import spillway.lab.reshard.Refused;
import spillway.lab.reshard.ReshardDoor;
import spillway.lab.reshard.Stage;
import spillway.lab.reshard.Status;
import spillway.lab.reshard.Wish;
import spillway.load.report.Table;

/**
 * One run from the planted posts to the verdict: there, back, there again, finished; writes go on through all of it. Longer
 * than most classes, because it is the one place where the order of everything can be read.
 */
final class ReshardRun {

    /**
     * Until services that have just started run compiled code, and their compilers let go of the processors: how slow they
     * are before is no measure.
     */
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(6);

    private static final Duration LONGEST_WAY = Duration.ofMinutes(30);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(3);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ReshardSettings settings;
    private final Site site;
    private final Console console;
    private final Ledger ledger;
    private final Tally tally;
    private final List<Result.Way> ways = new ArrayList<>();
    private final List<Result.Counted> censuses = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final AtomicReference<String> doing = new AtomicReference<>("");
    private final Latencies latencies = new Latencies(doing::get);
    private @Nullable Boolean halted;
    private Optional<Mirrors.Result> mirrors = Optional.empty();

    /** What a run works with. */
    private record Tools(
            ReshardDoor operator,
            Traffic traffic,
            Watch watch,
            Striker striker,
            ShardDatabases databases,
            Sending sending) {}

    /** A step that did not come to its end; what follows would prove nothing. */
    private static final class Stuck extends Exception {

        private static final long serialVersionUID = 1L;

        Stuck(String message) {
            super(message);
        }
    }

    ReshardRun(ReshardSettings settings, Site site, Console console) {
        this.settings = settings;
        this.site = site;
        this.console = console;
        this.ledger = new Ledger(settings.planted());
        this.tally = new Tally(line -> console.say(Table.cut(line)));
    }

    Result execute() throws Unreachable, IOException, SQLException {
        ShardDatabases databases = ShardDatabases.find(site);
        long from = System.nanoTime();
        new Planting(databases, ledger.planted()).plant();
        console.say("%,d posts of %,d users planted in %.1f s"
                .formatted(settings.rows(), ledger.planted().users(), seconds(from)));
        try (Door door = new Door(site.url("gateway"));
                ReshardDoor operator = new ReshardDoor(site.url("gateway"), site.url("content"));
                Processes processes = new Processes(site)) {
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close, "go on"));
            Admission.of(door, ledger.planted());
            Reading reading = new Reading(door, ledger.planted().user(0));
            Sending sending = new Sending(door, UUID.randomUUID().toString());
            Striker striker = new Striker(site, processes, operator, settings.seed(), settings.kills(), console::say);
            Settling settling = new Settling(sending, reading, ledger, tally);
            try (Watch watch = new Watch(ledger, reading, settings.seed(), line -> console.say(Table.cut(line)));
                    Traffic traffic = new Traffic(
                            new WritePlan(settings.seed(), ledger),
                            sending,
                            settling,
                            tally,
                            latencies,
                            settings.rate())) {
                console.follow(() -> status(watch));
                Tools tools = new Tools(operator, traffic, watch, striker, databases, sending);
                try {
                    baseline(tools);
                    if (settings.tampers()) {
                        tampered(tools);
                    } else {
                        thereAndBack(tools);
                    }
                } catch (Stuck e) {
                    unfinished.add(String.valueOf(e.getMessage()));
                } finally {
                    striker.end();
                }
                return judge(tools);
            }
        }
    }

    private void baseline(Tools tools) {
        doing.set("warm-up");
        tools.traffic().flow();
        tools.watch().start();
        Wait.during(settings.warmUp(LONGEST_WARM_UP));
        tally.warm();
        doing.set("before");
        latencies.enter(Part.BEFORE);
        Wait.during(settings.before());
    }

    private void thereAndBack(Tools tools) throws Stuck, SQLException {
        long first = there(tools, "there", settings.kills() / 2);
        doing.set("after the cutover");
        Wait.during(settings.length());
        quiet(tools, "cut over", true);
        back(tools, first);
        quiet(tools, "back", false);
        long second = there(tools, "there again", settings.kills());
        Wait.during(settings.before());
        finish(tools, second);
    }

    /** Planning takes from the writers already. */
    private Status begin(Tools tools, String name) throws Stuck {
        doing.set(name + " (planned)");
        latencies.enter(Part.DURING);
        return ask(() -> tools.operator().start(new Wish.Grow(ReshardSettings.TO, "even", settings.throttled())));
    }

    private long there(Tools tools, String name, int kills) throws Stuck {
        long from = System.nanoTime();
        Status begun = begin(tools, name);
        tools.striker().begin(begun.id(), kills);
        Status there = await(tools, begun.id(), Phase.CUT_OVER, name);
        tools.striker().end();
        latencies.enter(Part.AFTER);
        way(name, from, there);
        return begun.id();
    }

    private void back(Tools tools, long reshard) throws Stuck {
        long from = System.nanoTime();
        latencies.enter(Part.DURING);
        ask(() -> tools.operator().order(reshard, Order.ROLLBACK));
        tools.striker().begin(reshard, settings.kills() / 4);
        Status back = await(tools, reshard, Phase.ROLLED_BACK, "back");
        tools.striker().end();
        latencies.enter(Part.AFTER);
        way("back", from, back);
    }

    private void finish(Tools tools, long reshard) throws Stuck {
        long from = System.nanoTime();
        ask(() -> tools.operator().order(reshard, Order.FINISH));
        tools.striker().begin(reshard, settings.kills());
        await(tools, reshard, Phase.DONE, "finish");
        ways.add(new Result.Way("finish", seconds(from), Status.Pause.NONE));
        tools.striker().end();
    }

    private void tampered(Tools tools) throws Stuck, SQLException {
        long from = System.nanoTime();
        Status begun = begin(tools, "there");
        doing.set("tampering");
        Tampering tampering = new Tampering(tools.databases());
        Tampering.Row row =
                tampering.tamper(LONGEST_WAY).orElseThrow(() -> new Stuck("nothing was copied that could be changed"));
        console.say("by hand: one byte of post %d on shard %d".formatted(row.id(), row.shard()));
        halted = false;
        await(tools, begun.id(), Phase.HALTED, "to the halt");
        halted = true;
        console.say("halted; the byte is put right again");
        tampering.mend(row);
        ask(() -> tools.operator().order(begun.id(), Order.RESUME));
        Status there = await(tools, begun.id(), Phase.CUT_OVER, "there");
        way("there", from, there);
        latencies.enter(Part.AFTER);
        quiet(tools, "cut over", true);
        finish(tools, begun.id());
    }

    private void way(String name, long from, Status status) {
        ways.add(new Result.Way(name, seconds(from), status.pause()));
        console.say("%s after %.1f s".formatted(name, seconds(from)));
    }

    /** Looks at all rows while nobody writes. */
    private void quiet(Tools tools, String when, boolean mirrored) throws Stuck, SQLException {
        doing.set("looking at all rows");
        if (!tools.traffic().hold(LONGEST_HOLD)) {
            throw new Stuck(when + ": writes never came to an end");
        }
        Mirrors compared = new Mirrors(tools.databases());
        if (mirrored) {
            if (!compared.isDrained(LONGEST_DRAIN)) {
                throw new Stuck(when + ": the mirror never caught up");
            }
            mirrors = Optional.of(compared.compare());
            console.say(Report.mirror(mirrors.get()));
        }
        count(when, tools);
        tools.traffic().flow();
    }

    private void count(String when, Tools tools) throws SQLException {
        Result.Counted counted = new Result.Counted(when, new CensusTaker(tools.databases()).take(ledger));
        censuses.add(counted);
        console.say(Report.census(counted));
    }

    private Status await(Tools tools, long reshard, Phase goal, String name) throws Stuck {
        doing.set(name);
        long end = System.nanoTime() + LONGEST_WAY.toNanos();
        String last = "nothing was heard of it";
        while (System.nanoTime() - end < 0) {
            try {
                Status status = tools.operator().status(reshard);
                doing.set(name + " (" + stages(status) + ")");
                if (status.phase() == goal) {
                    return status;
                }
                last = "it is " + Result.name(status.phase());
                if (status.phase().isEnd() || status.phase() == Phase.HALTED || status.phase() == Phase.CUT_OVER) {
                    // What an order changes may show a moment later.
                    Wait.during(LOOK.multipliedBy(10));
                    if (tools.operator().status(reshard).phase() == status.phase()) {
                        break;
                    }
                }
            } catch (IOException | Refused e) {
                last = String.valueOf(e.getMessage());
            }
            Wait.during(LOOK);
        }
        throw new Stuck("%s: not %s, %s".formatted(name, Result.name(goal), last));
    }

    private static String stages(Status status) {
        Map<Stage, Long> moves = status.moves().stream()
                .collect(Collectors.groupingBy(Status.Move::stage, TreeMap::new, Collectors.counting()));
        return moves.entrySet().stream()
                .map(entry -> entry.getValue() + " " + Result.name(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    @FunctionalInterface
    private interface Question {
        Status ask() throws IOException, Refused;
    }

    private static Status ask(Question question) throws Stuck {
        try {
            return question.ask();
        } catch (Refused e) {
            throw new Stuck("refused: " + e.getMessage());
        } catch (IOException e) {
            throw new Stuck("an order was not answered: " + e.getMessage());
        }
    }

    private Result judge(Tools tools) throws SQLException {
        doing.set("the end");
        boolean quiet = tools.traffic().hold(LONGEST_HOLD);
        if (!quiet) {
            unfinished.add("writes never came to an end");
        }
        Wait.during(Duration.ofSeconds(1));
        count("in the end", tools);
        tools.watch().close();
        ReadBack readBack = new ReadBack(ledger, new SplittableRandom(settings.seed()));
        long posts = readBack.read(tools.watch());
        ReadBack.Keys keys = readBack.repeat(tools.sending());
        return new Result(
                settings,
                tally.counts(),
                latencies.of(Part.BEFORE),
                latencies.of(Part.DURING),
                latencies.of(Part.AFTER),
                latencies.course(),
                ways,
                tools.striker().struck(),
                tools.watch().seen(),
                censuses,
                mirrors,
                posts,
                keys.repeated(),
                keys.doubled() + ledger.doubled(),
                halted,
                unfinished);
    }

    private String status(Watch watch) {
        Tally.Counts counts = tally.counts();
        return "%s: %,d accepted, %,d failed, %,d unknown, %,d wrong reads"
                .formatted(
                        doing.get(),
                        counts.accepted(),
                        counts.allFailed(),
                        counts.allUnknown(),
                        watch.seen().wrong());
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
