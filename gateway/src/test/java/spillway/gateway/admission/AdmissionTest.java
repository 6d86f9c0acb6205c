package spillway.gateway.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.FixedLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;

class AdmissionTest {

    private static final int TRACES = 10_000;
    private static final List<TrafficClass> FALLING =
            List.of(TrafficClass.POST, TrafficClass.COMMENT, TrafficClass.LIKE, TrafficClass.SHARE, TrafficClass.VIEW);

    private static final AdmissionRules RULES = TestRules.defaults();

    private long now;
    private Random random = new Random(1);

    /**
     * Whoever is refused, nobody of a lower class would get in at full weight at that moment: whatever the dice say, and
     * after any history of arrivals, endings and pressure.
     */
    @Test
    void noInversion_in10000Traces() {
        for (int seed = 0; seed < TRACES; seed++) {
            trace(seed);
        }
    }

    private void trace(int seed) {
        random = new Random(seed);
        Random world = new Random(~seed);
        Admission admission = admission(1 + world.nextInt(40));
        Deque<Held> held = new ArrayDeque<>();
        for (int step = 0; step < 60; step++) {
            TrafficClass traffic = FALLING.get(world.nextInt(FALLING.size()));
            List<Lane> lanes = lanes(traffic);
            Lane lane = lanes.get(world.nextInt(lanes.size()));
            boolean weighable = lane == Lane.BATCHES && traffic == TrafficClass.VIEW;
            switch (admission.decide(traffic, lane, weighable)) {
                case Verdict.Admitted admitted -> {
                    if (admitted.place() != null) {
                        held.add(new Held(traffic, admitted.place()));
                    }
                }
                case Verdict.Refused refused -> assertNobodyBelow(admission, traffic, lane, refused.reason(), seed);
                case Verdict.SampledOut out -> {}
            }
            if (world.nextInt(3) == 0 && !held.isEmpty()) {
                Held ending = held.poll();
                admission.ended(ending.traffic, ending.place, world.nextBoolean() ? 202 : 503, world.nextBoolean());
            }
            if (world.nextInt(4) == 0) {
                admission.metrics().hear(TestRules.INSTANCE, pressed(world.nextDouble() * 4 * 5_000));
                now += Duration.ofMillis(100).toNanos();
                for (int i = 0; i < 5; i++) {
                    post(admission, world.nextInt(1_000));
                }
                admission.tick(Duration.ofMillis(100), RULES.goals());
            }
        }
    }

    private void post(Admission admission, int millis) {
        if (admission.decide(TrafficClass.POST, Lane.CONTENT, false) instanceof Verdict.Admitted in
                && in.place() != null) {
            now += Duration.ofMillis(millis).toNanos();
            admission.ended(TrafficClass.POST, in.place(), 201, false);
        }
    }

    private void assertNobodyBelow(Admission admission, TrafficClass refused, Lane lane, Reason reason, int seed) {
        for (TrafficClass below : FALLING) {
            if (rank(below) <= rank(refused)) {
                continue;
            }
            for (Lane other : lanes(below)) {
                // By its limit, a lane says nothing about lanes that lead elsewhere.
                if (reason == Reason.LEVEL || leadTogether(lane, other)) {
                    assertNotAtFullWeight(
                            admission,
                            below,
                            other,
                            "seed %d: %s let in by %s while %s is refused by %s for %s"
                                    .formatted(seed, below, other, refused, lane, reason));
                }
            }
        }
    }

    private static void assertNotAtFullWeight(Admission admission, TrafficClass traffic, Lane lane, String what) {
        for (int dice = 0; dice < 10; dice++) {
            boolean weighable = lane == Lane.BATCHES && traffic == TrafficClass.VIEW;
            if (admission.decide(traffic, lane, weighable) instanceof Verdict.Admitted in) {
                assertThat(in.weight()).as(what).isEqualTo(RULES.ladder().mostWeight());
                if (in.place() != null) {
                    in.place().end(Limiter.End.IGNORED);
                }
            }
        }
    }

    private static List<Lane> lanes(TrafficClass traffic) {
        return switch (traffic) {
            case POST, COMMENT -> List.of(Lane.CONTENT);
            case LIKE, VIEW -> List.of(Lane.METRICS, Lane.BATCHES);
            case SHARE -> List.of(Lane.METRICS);
            case READ, OTHER -> List.of();
        };
    }

    private static boolean leadTogether(Lane one, Lane other) {
        return (one == Lane.CONTENT) == (other == Lane.CONTENT);
    }

    private static int rank(TrafficClass traffic) {
        return traffic == TrafficClass.SHARE ? rank(TrafficClass.LIKE) : FALLING.indexOf(traffic);
    }

    @Test
    void pressureOfMetricsAlone_refusesLikes_andNeverPosts() {
        Admission admission = admission(100);
        pressed(admission, 100);

        assertThat(admission.level()).isEqualTo(2);
        assertThat(admission.decide(TrafficClass.LIKE, Lane.BATCHES, false))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.LEVEL));
        assertThat(admission.decide(TrafficClass.POST, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
        assertThat(admission.decide(TrafficClass.COMMENT, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aFullContentLane_takesNothingFromLikes() {
        Admission admission = admission(10);
        for (int i = 0; i < 2 * 10; i++) {
            assertThat(admission.decide(TrafficClass.POST, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
        }
        for (int tick = 0; tick < 50; tick++) {
            assertThat(admission.decide(TrafficClass.POST, Lane.CONTENT, false))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT));
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }

        assertThat(admission.level()).isZero();
        assertThat(admission.decide(TrafficClass.LIKE, Lane.BATCHES, false)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void crowdedPosts_takeTheRoomOfCommentsAndReads_andGiveItBack() {
        Admission admission = admission(100);
        List<Limiter.Place> comments = new ArrayList<>();
        while (admission
                .of(Lane.CONTENT)
                .enter(TrafficClass.COMMENT)
                .map(comments::add)
                .orElse(false)) {
            // as many as there are
        }
        for (int tick = 0; tick < 10; tick++) {
            post(admission, 10);
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }
        comments.removeLast().end(Limiter.End.ANSWERED);

        assertThat(admission.decide(TrafficClass.COMMENT, Lane.CONTENT, false)).isInstanceOf(Verdict.Refused.class);
        assertThat(admission.decide(TrafficClass.READ, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
        assertThat(admission.decide(TrafficClass.READ, Lane.CONTENT, false)).isInstanceOf(Verdict.Refused.class);
        assertThat(admission.decide(TrafficClass.POST, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
        assertThat(admission.of(Lane.CONTENT).reserved()).isGreaterThan(0.5);
        assertThat(admission.level()).isZero();

        comments.forEach(place -> place.end(Limiter.End.ANSWERED));
        for (int tick = 0; tick < 20; tick++) {
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }
        assertThat(admission.of(Lane.CONTENT).reserved()).isZero();
        assertThat(admission.decide(TrafficClass.READ, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void slowPostsInABusyLane_takeTheRoomOfCommentsAndReads_andInAnIdleOneDoNot() {
        Admission admission = admission(100);
        slowInTheirStore(admission, 20, 140);
        assertThat(admission.of(Lane.CONTENT).reserved()).isZero();

        hold(admission, 30, TrafficClass.COMMENT, Lane.CONTENT);
        slowInTheirStore(admission, 20, 140);
        assertThat(admission.of(Lane.CONTENT).reserved()).isGreaterThan(0.5);
        assertThat(admission.decide(TrafficClass.COMMENT, Lane.CONTENT, false)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void slowPosts_raiseTheLevel_untilOnlyPostsAreLetIn() {
        Admission admission = admission(100);
        hold(admission, 30, TrafficClass.LIKE, Lane.BATCHES);
        slow(admission, 100, 1_000);

        assertThat(admission.level()).isEqualTo(3);
        assertThat(admission.decide(TrafficClass.POST, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
        assertThat(admission.decide(TrafficClass.LIKE, Lane.BATCHES, false)).isInstanceOf(Verdict.Refused.class);
        assertThat(admission.decide(TrafficClass.COMMENT, Lane.CONTENT, false)).isInstanceOf(Verdict.Refused.class);
        assertThat(admission.decide(TrafficClass.READ, Lane.CONTENT, false)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void slowPosts_whileHardlyAnythingElseIsUnderWay_areNoReasonToRefuse() {
        Admission admission = admission(100);
        hold(admission, 20, TrafficClass.LIKE, Lane.BATCHES);
        slow(admission, 100, 1_000);

        assertThat(admission.level()).isZero();
    }

    @Test
    void postsThatShouldHaveBeenAnswered_raiseTheLevel_whereLikesWaitAsWell() {
        Admission admission = admission(100);
        hold(admission, 30, TrafficClass.POST, Lane.CONTENT);
        hold(admission, 30, TrafficClass.LIKE, Lane.BATCHES);
        now += TimeUnit.MILLISECONDS.toNanos(200);

        admission.tick(Duration.ofMillis(100), RULES.goals());

        assertThat(admission.level()).isPositive();
    }

    @Test
    void postsThatShouldHaveBeenAnswered_areContentsOwnTrouble_whereLikesDoNotWait() {
        Admission admission = admission(100);
        hold(admission, 60, TrafficClass.POST, Lane.CONTENT);
        for (int i = 0; i < 30; i++) {
            Verdict like = admission.decide(TrafficClass.LIKE, Lane.BATCHES, false);
            requireNonNull(((Verdict.Admitted) like).place()).end(Limiter.End.ANSWERED);
        }
        now += TimeUnit.MILLISECONDS.toNanos(200);

        admission.tick(Duration.ofMillis(100), RULES.goals());

        assertThat(admission.level()).isZero();
    }

    @Test
    void slowPosts_takeFromReadsBeforeTheyTakeFromComments() {
        Admission admission = admission(100);
        hold(admission, 30, TrafficClass.LIKE, Lane.BATCHES);
        while (admission.level() < 1.9) {
            posts(admission, 5, 80);
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }
        int reads = 0;
        int comments = 0;
        for (int i = 0; i < 1_000; i++) {
            reads += isLetIn(admission, TrafficClass.READ) ? 1 : 0;
            comments += isLetIn(admission, TrafficClass.COMMENT) ? 1 : 0;
        }

        assertThat(reads).isBetween(20, 150);
        assertThat(comments).isEqualTo(1_000);
    }

    private static void hold(Admission admission, int requests, TrafficClass traffic, Lane lane) {
        for (int i = 0; i < requests; i++) {
            assertThat(admission.decide(traffic, lane, false)).isInstanceOf(Verdict.Admitted.class);
        }
    }

    private static boolean isLetIn(Admission admission, TrafficClass traffic) {
        Verdict verdict = admission.decide(traffic, Lane.CONTENT, false);
        if (verdict instanceof Verdict.Admitted admitted && admitted.place() != null) {
            admitted.place().end(Limiter.End.IGNORED);
            return true;
        }
        return false;
    }

    @Test
    void postsThatFindNoRoomBecauseShardsAreAway_takeNothingFromLikes() {
        Admission admission = admission(10);
        for (int tick = 0; tick < 50; tick++) {
            admission.decide(TrafficClass.POST, Lane.CONTENT, false);
            admission.content().hear(TestRules.INSTANCE, new Signals(null, null, null, null, 5.0, 0.5, 0.9));
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }

        assertThat(admission.level()).isZero();
    }

    @Test
    void pressureOfMetricsAlone_takesNothingFromReads() {
        Admission admission = admission(100);
        pressed(admission, 100);

        assertThat(admission.decide(TrafficClass.READ, Lane.CONTENT, false)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void postsThatAreSlowInTheirStore_takeNothingFromLikes() {
        Admission admission = admission(100);
        slowInTheirStore(admission, 100, 1_000);

        assertThat(admission.level()).isZero();
    }

    @Test
    void oneSlowPostNowAndThen_isNoMeasure() {
        Admission admission = admission(100);
        for (int tick = 0; tick < 4; tick++) {
            posts(admission, 1, 5_000);
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }

        assertThat(admission.level()).isZero();
    }

    /** All but 10 ms of each post is their store's, which is no reason to raise the level. */
    private void slowInTheirStore(Admission admission, int ticks, int millis) {
        for (int tick = 0; tick < ticks; tick++) {
            posts(admission, 5, millis);
            admission.content().hear(TestRules.INSTANCE, new Signals(null, null, null, null, millis - 10.0, 0.0, 0.0));
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }
    }

    private void slow(Admission admission, int ticks, int millis) {
        for (int tick = 0; tick < ticks; tick++) {
            posts(admission, 5, millis);
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }
    }

    private void posts(Admission admission, int posts, int millis) {
        for (int i = 0; i < posts; i++) {
            post(admission, millis);
        }
    }

    @Test
    void signalsThatAreOlderThan2Seconds_areNoPressure() {
        Admission admission = admission(100);
        pressed(admission, 100);
        now += RULES.forget().toNanos() + 1;
        for (int tick = 0; tick < 100; tick++) {
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }

        assertThat(admission.level()).isZero();
    }

    @Test
    void retryAfter_isUntilTheBacklogIsDrained_andEachCallersOwn() {
        Admission admission = admission(100);
        pressed(admission, 100);

        List<Integer> seconds = IntStream.range(0, 200)
                .mapToObj(i -> admission.decide(TrafficClass.LIKE, Lane.BATCHES, false))
                .map(verdict -> ((Verdict.Refused) verdict).retryAfter())
                .toList();

        assertThat(seconds).allMatch(second -> second >= 20 && second <= 31);
        assertThat(seconds.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void sampledViews_standForAllOfThem() {
        Admission admission = admission(100_000);
        pressed(admission, 100);
        long counted = 0;
        for (int i = 0; i < 100_000; i++) {
            if (admission.decide(TrafficClass.VIEW, Lane.BATCHES, true) instanceof Verdict.Admitted in) {
                counted += in.weight();
                if (in.place() != null) {
                    in.place().end(Limiter.End.IGNORED);
                }
            }
        }

        assertThat(counted).isBetween(98_000L, 102_000L);
    }

    @Test
    void viewsWithoutRoom_areAllRefused_sinceNobodyCouldStandForThem() {
        Admission admission = admission(10);
        pressed(admission, 100);
        Verdict verdict;
        do {
            verdict = admission.decide(TrafficClass.VIEW, Lane.BATCHES, true);
        } while (!(verdict instanceof Verdict.Refused));

        for (int i = 0; i < 100; i++) {
            assertThat(admission.decide(TrafficClass.VIEW, Lane.BATCHES, true))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT));
        }
    }

    @Test
    void switchedOff_everybodyGetsIn() {
        Admission admission = admission(1);
        pressed(admission, 100);
        admission.set(false);

        for (int i = 0; i < 10; i++) {
            assertThat(admission.decide(TrafficClass.LIKE, Lane.BATCHES, false)).isEqualTo(Verdict.Admitted.FREELY);
        }
    }

    private void pressed(Admission admission, int ticks) {
        for (int tick = 0; tick < ticks; tick++) {
            admission.metrics().hear(TestRules.INSTANCE, pressed(60_000));
            admission.tick(Duration.ofMillis(100), RULES.goals());
        }
    }

    private static Signals pressed(double oldestLikeMillis) {
        return new Signals(0.0, oldestLikeMillis, 20_000.0, 1_000.0, null, null, null);
    }

    private Admission admission(int limit) {
        return new Admission(RULES, (limits, most) -> FixedLimit.of(limit), () -> now, () -> random);
    }

    private record Held(TrafficClass traffic, Limiter.Place place) {}
}
