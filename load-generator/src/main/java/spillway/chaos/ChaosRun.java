package spillway.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import spillway.chaos.Injector.Struck;
import spillway.chaos.site.Console;
import spillway.chaos.site.Door;
import spillway.chaos.site.Processes;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.chaos.site.Wait;
import spillway.load.oracle.Difference;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.wire.Wire;

/** One run from the first post to the verdict. */
final class ChaosRun {

    private static final Duration CALM_BEFORE = Duration.ofSeconds(4);
    private static final Duration CALM_AFTER = Duration.ofSeconds(2);
    private static final Duration STRIKE_LIMIT = Duration.ofMinutes(3);
    private static final Duration ACKNOWLEDGE_LIMIT = Duration.ofSeconds(90);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
    private static final Duration READ_LIMIT = Duration.ofSeconds(20);
    private static final Duration STILL_SO = Duration.ofMillis(1_500);

    private final Settings settings;
    private final Site site;
    private final Console console;
    private final Crowd crowd;
    private final Pairs pairs;
    private final List<Struck> strikes = new ArrayList<>();

    ChaosRun(Settings settings, Site site, Console console) {
        this.settings = settings;
        this.site = site;
        this.console = console;
        this.crowd = settings.crowd();
        this.pairs = new Pairs(crowd);
    }

    Result execute() throws Unreachable, IOException {
        RedisDoor redis = new RedisDoor(site.port("redis"), site.redisPassword());
        try (Wire wire = new Wire(Site.HOST, redis.port(), site.wirePort());
                Processes processes = new Processes(site);
                Door door = new Door(site.url("gateway"));
                BatcherMeters meters = new BatcherMeters(site);
                LikesLog log = new LikesLog(site.port("kafka"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close, "go on"));
            wire.mend();
            List<String> postIds = Posts.create(door, crowd, UUID.randomUUID());
            Counts counts = new Counts(door, crowd, postIds);
            Sending sending = new Sending(door, crowd, postIds);
            try (Traffic traffic =
                            new Traffic(new LikePlan(settings.seed(), crowd), crowd, pairs, sending, settings.rate());
                    Watch watch = new Watch(counts, crowd, pairs, settings.seed())) {
                Injector injector = new Injector(
                        new Injector.Tools(processes, wire, redis, log, meters),
                        traffic,
                        pairs,
                        crowd,
                        numbers(postIds));
                Evidence evidence = new Evidence(counts, postIds, redis, log, log.deadLetters());
                storm(traffic, watch, meters, injector);
                return judge(traffic, watch, meters, injector, evidence);
            }
        }
    }

    /** @param letters dead letters of earlier runs */
    private record Evidence(Counts counts, List<String> postIds, RedisDoor redis, LikesLog log, long letters) {}

    private static Map<Long, Integer> numbers(List<String> postIds) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (int post = 0; post < postIds.size(); post++) {
            numbers.put(Long.parseLong(postIds.get(post)), post);
        }
        return numbers;
    }

    private void storm(Traffic traffic, Watch watch, BatcherMeters meters, Injector injector) {
        traffic.start();
        watch.start();
        Wait.during(CALM_BEFORE);
        meters.start();
        long begin = System.nanoTime();
        List<Strike> schedule = settings.schedule().strikes();
        console.follow(() -> status(begin, schedule.size(), watch));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> underWay = new ArrayList<>();
            for (Strike strike : schedule) {
                Wait.during(strike.at().minusNanos(System.nanoTime() - begin));
                underWay.add(threads.submit(() -> note(injector.strike(strike))));
            }
            Wait.during(settings.storm().minusNanos(System.nanoTime() - begin));
            Wait.until(() -> underWay.stream().allMatch(Future::isDone), STRIKE_LIMIT);
            Wait.during(CALM_AFTER);
        }
        meters.look();
    }

    private void note(Struck struck) {
        synchronized (strikes) {
            strikes.add(struck);
        }
        console.say(Report.line(struck));
    }

    private String status(long begin, int planned, Watch watch) {
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        int done;
        synchronized (strikes) {
            done = strikes.size();
        }
        return "%d of %d s, %d of %d faults, %,d likes acknowledged, %,d open, %d wrong"
                .formatted(
                        Math.min(seconds, settings.storm().toSeconds()),
                        settings.storm().toSeconds(),
                        done,
                        planned,
                        pairs.book().accepted(),
                        pairs.openPairs(),
                        watch.seen().wrong());
    }

    private Result judge(Traffic traffic, Watch watch, BatcherMeters meters, Injector injector, Evidence evidence)
            throws IOException {
        traffic.finish();
        Wait.until(() -> pairs.openPairs() == 0 && traffic.isQuiet(), ACKNOWLEDGE_LIMIT);
        watch.close();
        long acknowledged = System.nanoTime();
        boolean drained = Wait.until(() -> differences(evidence.counts()).isEmpty(), DRAIN_LIMIT);
        double drain = drained ? (System.nanoTime() - acknowledged) / 1e9 : -1;
        if (settings.tampers()) {
            tamper(evidence);
        }
        Wait.during(STILL_SO);
        List<Difference> differences = new ArrayList<>(readableDifferences(evidence.counts()));
        long votes = compareVotes(evidence, differences);
        meters.look();
        return new Result(
                settings,
                strikes,
                pairs.book(),
                traffic.leftOut(),
                pairs.everUnknown(),
                pairs.openPairs(),
                watch.seen(),
                new Result.Batchers(
                        meters.records(),
                        meters.flushes(),
                        meters.fenced(),
                        meters.failed(),
                        meters.longestGapSeconds()),
                new Result.Poison(
                        injector.poisoned(),
                        injector.poisoned() + injector.perhapsPoisoned(),
                        evidence.log().deadLetters() - evidence.letters()),
                traffic.longestGapSeconds(),
                drain,
                crowd.posts(),
                IntStream.range(0, crowd.posts())
                        .mapToLong(post -> pairs.standing(post).liked())
                        .sum(),
                votes,
                differences);
    }

    /** The differences as soon as every count can be read: a read that failed is no wrong count. */
    private List<Difference> readableDifferences(Counts counts) {
        AtomicReference<List<Difference>> last = new AtomicReference<>(List.of());
        Wait.until(
                () -> {
                    last.set(differences(counts));
                    return last.get().stream().noneMatch(Difference.NoCounts.class::isInstance);
                },
                READ_LIMIT);
        return last.get();
    }

    private List<Difference> differences(Counts counts) {
        List<Difference> differences = new ArrayList<>();
        Map<Integer, Counts.Count> read =
                counts.read(IntStream.range(0, crowd.posts()).boxed().toList());
        for (int post = 0; post < crowd.posts(); post++) {
            Counts.Count count = read.get(post);
            if (count == null) {
                differences.add(new Difference.NoCounts("number " + post));
            } else if (!pairs.expected(post).contains(count.value())) {
                differences.add(new Difference.LikeCount("number " + post, pairs.expected(post), count.value()));
            }
        }
        return differences;
    }

    /** Of those who speak for themselves: a lost and a doubled like of one post would cancel out in its count. */
    private long compareVotes(Evidence evidence, List<Difference> differences) {
        long votes = 0;
        for (int post = 0; post < Math.min(5, crowd.posts()); post++) {
            for (int user = 0; user < crowd.singles(); user++) {
                int pair = crowd.pair(post, user);
                AtomicReference<@Nullable Boolean> read = new AtomicReference<>();
                Wait.until(
                        () -> {
                            read.set(evidence.counts().vote(pair));
                            return read.get() != null;
                        },
                        READ_LIMIT);
                Boolean vote = read.get();
                if (vote == null) {
                    differences.add(new Difference.VoteUnread("number " + post, crowd.userId(user)));
                } else if (vote != pairs.isLiked(pair)) {
                    differences.add(
                            new Difference.WrongVote("number " + post, crowd.userId(user), pairs.isLiked(pair)));
                }
                votes++;
            }
        }
        return votes;
    }

    private void tamper(Evidence evidence) throws IOException {
        long post = Long.parseLong(evidence.postIds().getFirst());
        String counts = new String(
                new CounterLayout("", 8).counts(CounterFamily.LIKES, 0, CounterLayout.bucket(post)),
                StandardCharsets.US_ASCII);
        console.say("  by hand: HINCRBY " + counts + " " + post + " 1");
        evidence.redis().run("HINCRBY " + counts + " " + post + " 1");
    }
}
