package spillway.chaos.overload;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import spillway.chaos.site.Site;
import spillway.chaos.site.Unreachable;
import spillway.load.limit.LimitSearch;
import spillway.load.plan.Mix;
import spillway.load.plan.Phase;
import spillway.load.plan.Popularity;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;
import spillway.load.run.LimitRun;
import spillway.load.run.RunOptions;
import spillway.load.run.Session;
import spillway.load.run.Target;
import spillway.load.run.TargetUnreachable;
import spillway.load.threshold.Threshold;

/** Searches what the stack carries: the highest rate at which nothing fails and hardly anything is shed or late. */
final class Capacity {

    private static final List<Threshold> THRESHOLDS =
            List.of(Threshold.parse("all.p99<1s"), Threshold.parse("failed=0"), Threshold.parse("shed<=1%"));
    private static final LimitSearch.Bounds BOUNDS = new LimitSearch.Bounds(800, 50_000, 1.1, Duration.ofSeconds(150));
    private static final Duration TRIAL = Duration.ofSeconds(10);

    /**
     * Until services that have just started run compiled code: what they carry before is no measure. First with posts and
     * comments enough for the compilers, since two posts among a hundred would still be interpreted in the burst; then as
     * in the trials, since the first part alone may leave no room for likes. In the end a burst: what takes new connections, and
     * refuses, has hardly run before, and the first 2,000 connections after a start take the gateway three times as long as
     * later ones.
     */
    private static final List<WarmUp> WARM_UPS = List.of(
            new WarmUp(Mix.GREETINGS, 600, Duration.ofMinutes(3)),
            new WarmUp(Ground.MIX, 1_000, Duration.ofMinutes(3)),
            new WarmUp(Ground.MIX, 5_000, Duration.ofSeconds(60)));

    /** @param rate requests per second */
    private record WarmUp(Mix mix, double rate, Duration length) {}

    private static final Duration BEFORE_SEARCH = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofMillis(500);

    private Capacity() {}

    /** In writes per second. */
    static double find(Site site, long seed) throws Unreachable {
        try {
            return new LimitRun(
                                    scenario(seed, Ground.MIX, BOUNDS.start(), BEFORE_SEARCH),
                                    options(site, seed),
                                    new LimitSearch(BOUNDS, System::nanoTime),
                                    TRIAL)
                            .execute(sent -> !sent.isFull()
                                    && sent.lost() == null
                                    && THRESHOLDS.stream()
                                            .allMatch(threshold ->
                                                    threshold.check(sent).met()))
                            .limit()
                            .passed()
                            .orElseThrow(() -> new Unreachable("no rate was carried as it should be"))
                    * Ground.share(Ground.MIX);
        } catch (TargetUnreachable e) {
            throw new Unreachable("the gateway gives no tokens: " + e.getMessage());
        }
    }

    /** So that neither the search nor the first trial meets a cold system. */
    static void warmUp(Site site, long seed) throws Unreachable {
        for (WarmUp part : WARM_UPS) {
            Scenario scenario = scenario(seed, part.mix(), part.rate(), part.length());
            try (Session session = new Session(scenario, options(site, seed))) {
                session.begin();
                session.send(List.of(scenario.publishing(), scenario.browsing()), null);
            } catch (TargetUnreachable e) {
                throw new Unreachable("the gateway gives no tokens: " + e.getMessage());
            }
        }
    }

    private static Scenario scenario(long seed, Mix mix, double rate, Duration length) {
        Shape warmUp = new Shape(List.of(Phase.warmUp("warm-up", length, rate)));
        return new Scenario("capacity", seed, Ground.PEOPLE, Ground.POSTS, warmUp, mix, Popularity.ZIPF);
    }

    private static RunOptions options(Site site, long seed) {
        return new RunOptions(
                Target.of(site.url("gateway"), List.of(Site.HOST)),
                seed,
                UUID.randomUUID().toString(),
                Ground.MOST_IN_FLIGHT,
                TIMEOUT,
                DRAIN,
                SETTLE);
    }
}
