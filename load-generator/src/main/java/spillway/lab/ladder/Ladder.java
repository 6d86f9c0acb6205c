package spillway.lab.ladder;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import spillway.lab.stack.Meters;
import spillway.lab.stack.Part;
import spillway.lab.stack.Reading;
import spillway.lab.stack.Stack;
import spillway.lab.traffic.Pattern;
import spillway.lab.traffic.Writes;
import spillway.load.limit.Limit;
import spillway.load.limit.LimitSearch;
import spillway.load.plan.Plan;
import spillway.load.run.RunOptions;
import spillway.load.run.RunResult;
import spillway.load.run.Sent;
import spillway.load.run.Session;
import spillway.load.run.Target;
import spillway.load.run.TargetUnreachable;
import spillway.load.run.Tokens;

/** Climbs the ladder: searches for each rung the highest rate within the thresholds, and reads the meters meanwhile. */
final class Ladder {

    private static final long FIRST_USER = 2_000_001;
    private static final long SEED = 42;
    private static final double WARM_UP_LIKES = 700;
    private static final double WARM_UP_POSTS = 150;
    private static final double MOST = 50_000;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration STAYS = Duration.ofMillis(500);
    private static final int IN_FLIGHT = 2_048;

    private final Stack stack;
    private final Meters meters;
    private final Switchboard switches;
    private final Pace pace;
    private final Predicate<Sent> thresholds;
    private final ShardOfUser shards;
    private final Map<List<Object>, Tokens> tokens = new HashMap<>();

    /**
     * How long everything takes.
     *
     * @param warmUp of a system before its first rung
     * @param trialWarmUp of each try, not measured
     * @param trial the measured rest of each try
     * @param search no try begins after so long
     * @param closeness the search ends when failed / passed is no more than this
     * @param users who write
     */
    record Pace(Duration warmUp, Duration trialWarmUp, Duration trial, Duration search, double closeness, int users) {

        static final Pace FULL = new Pace(
                Duration.ofSeconds(45),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofSeconds(34),
                1.08,
                4_000);
        static final Pace QUICK = new Pace(
                Duration.ofSeconds(40),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                1.15,
                2_000);
    }

    Ladder(Stack stack, Meters meters, Switchboard switches, Pace pace, Predicate<Sent> thresholds)
            throws SQLException {
        this.stack = stack;
        this.meters = meters;
        this.switches = switches;
        this.pace = pace;
        this.thresholds = thresholds;
        this.shards = ShardOfUser.read(stack);
    }

    /** Lets a system compile and fill its caches, by writes that are not measured. */
    void warmUp(Rung rung) throws IOException, TargetUnreachable {
        Duration quarter = pace.warmUp().dividedBy(4);
        switches.use(rung);
        warmUp(rung, Pattern.POSTS, WARM_UP_POSTS, quarter);
        if (rung.door() == Part.MONOLITH) {
            warmUp(rung, Pattern.SPREAD, WARM_UP_LIKES, quarter.multipliedBy(3));
        } else {
            warmUp(rung, Pattern.SPREAD, WARM_UP_LIKES, quarter.multipliedBy(2));
            // Another way through the gateway, and no rung is to be climbed cold.
            switches.use(Rung.EDGE);
            warmUp(Rung.EDGE, Pattern.SPREAD, 4 * WARM_UP_LIKES, quarter);
        }
    }

    private void warmUp(Rung rung, Pattern pattern, double rate, Duration length) throws TargetUnreachable {
        Writes writes = new Writes(pattern, users(rung), SEED);
        try (Session session = session(rung, writes)) {
            begin(session, rung);
            session.send(List.of(writes.publishing()), null);
            session.send(List.of(writes.stretch(rate, length, Duration.ofSeconds(1))), null);
            session.settle(SETTLE);
        }
    }

    /** @param start the first rate to try */
    Climb climb(Pattern pattern, Rung rung, double start) throws IOException, SQLException, TargetUnreachable {
        switches.use(rung);
        Writes writes = new Writes(pattern, users(rung), SEED);
        try (Session session = session(rung, writes)) {
            begin(session, rung);
            session.send(List.of(writes.publishing()), null);
            LimitSearch search = new LimitSearch(
                    new LimitSearch.Bounds(start, MOST, pace.closeness(), pace.search()), System::nanoTime);
            Limit<Point> tries = search.search(
                    rate -> attempt(session, writes, rate), Point::passed, point -> point.accepted() == 0);
            RunResult result = session.conclude();
            return new Climb(pattern, rung, tries, result.staleness(), result.drained(), result.verdict());
        }
    }

    private Point attempt(Session session, Writes writes, double rate) {
        session.settle(SETTLE);
        Reading before = read();
        Sent sent = session.send(List.of(writes.stretch(rate, pace.trialWarmUp(), pace.trial())), null);
        session.settle(SETTLE);
        Reading cost = read().since(before);
        long accepted = sent.phases().stream()
                .mapToLong(phase -> phase.total().accepted())
                .sum();
        // What the generator held back is in no latency: a rate that was not offered was not carried.
        boolean passed = thresholds.test(sent) && accepted > 0 && !sent.isFull();
        return new Point(rate, passed, sent.isBottleneck(), accepted, sent.total(), sent.overall(), cost);
    }

    private Reading read() {
        try {
            return meters.read();
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres does not tell what it wrote", e);
        }
    }

    /** Tokens are fetched once for each door and its users. */
    private void begin(Session session, Rung rung) throws TargetUnreachable {
        List<Object> who = List.of(rung.door(), rung.shards());
        Tokens known = tokens.get(who);
        if (known == null) {
            session.begin();
            tokens.put(who, session.tokens());
        } else {
            session.begin(known);
        }
    }

    private Session session(Rung rung, Plan plan) {
        Target target = Target.of(stack.url(rung.door()), List.of());
        RunOptions options =
                new RunOptions(target, SEED, UUID.randomUUID().toString(), IN_FLIGHT, TIMEOUT, DRAIN, STAYS);
        return new Session(plan, options);
    }

    /** Those who live on the shards that the rung has. */
    private List<Long> users(Rung rung) {
        LongStream all = LongStream.iterate(FIRST_USER, user -> user + 1);
        boolean everywhere = rung.door() == Part.MONOLITH || rung.shards() > 1;
        return (everywhere ? all : all.filter(user -> shards.of(user) == 0))
                .limit(pace.users())
                .boxed()
                .toList();
    }
}
