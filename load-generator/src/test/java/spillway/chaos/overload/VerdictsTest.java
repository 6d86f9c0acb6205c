package spillway.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import spillway.load.oracle.Book;
import spillway.load.oracle.Outcome;
import spillway.load.plan.Mix;
import spillway.load.plan.Operation;
import spillway.load.plan.Phase;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;
import spillway.load.run.Quantiles;
import spillway.load.run.Recovery;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerdictsTest {

    private static final Operation LIKE = new Operation.Like(1, 1);
    private static final Operation POST = new Operation.CreatePost(1, 1, "");

    @Test
    void onePostInAThousandRefused_isTheLimit() {
        assertThat(posts(1_000, 999, 200)).allMatch(Check::kept);
        assertThat(posts(1_000, 998, 200)).extracting(Check::kept).containsExactly(false, true);
    }

    @Test
    void postsThatTakeLongerThanPromised_fail() {
        assertThat(posts(1_000, 1_000, 251)).extracting(Check::kept).containsExactly(true, false);
    }

    @Test
    void noPostAtAll_provesNothing() {
        assertThat(posts(0, 0, 0)).noneMatch(Check::kept);
    }

    @Test
    void whatIsSpared_isComparedWithItsOwnShareBefore() {
        AtomicLong nanos = new AtomicLong();
        Tape tape = Tape.ofRequests(operation -> operation.trafficClass() == TrafficClass.LIKES, nanos::get);
        tape.sent(LIKE);
        tape.begin();
        second(tape, nanos, 0, 100, 100);
        second(tape, nanos, 1, 50, 47);
        tape.sent(POST);

        Flow before = tape.between(0, 1, Course.ALL);
        Flow during = tape.between(1, 2, Course.ALL);

        assertThat(before).isEqualTo(new Flow(100, 0, 100, 0, 0, 1e-6));
        assertThat(during).isEqualTo(new Flow(50, 0, 47, 3, 0, 1e-6));
        assertThat(during.kept(before)).hasValue(0.94);
        assertThat(Check.atLeast("likes kept", 0.95, during.kept(before)).kept())
                .isFalse();
        assertThat(Check.atLeast("likes kept", 0.94, during.kept(before)).kept())
                .isTrue();
    }

    @Test
    void whatTheGeneratorCouldNotSend_wasOfferedAndNotAccepted() {
        Tape tape = Tape.ofAnswers(() -> 0);
        tape.begin();
        tape.heldBack(LIKE);

        assertThat(tape.between(0, 1, Set.of(TrafficClass.LIKES))).isEqualTo(new Flow(1, 1, 0, 0, 0, 0));
        assertThat(tape.between(0, 1, Set.of(TrafficClass.POSTS))).isEqualTo(Flow.NONE);
    }

    @Test
    void halfOfHalf_isAQuarter_andKeepsHalf() {
        assertThat(new Flow(100, 0, 25, 75, 0, 0).kept(new Flow(10, 0, 5, 5, 0, 0)))
                .hasValue(0.5);
    }

    @Test
    void anAnswerThatComesLate_countsWhereItWasAskedFor_orAsGoodputWhereItCame() {
        AtomicLong nanos = new AtomicLong();
        Tape requests = Tape.ofRequests(operation -> true, nanos::get);
        Tape answers = Tape.ofAnswers(nanos::get);
        requests.begin();
        answers.begin();
        nanos.set(2_500_000_000L);
        requests.ended(LIKE, Outcome.ACCEPTED, 1_600_000_000L);
        answers.ended(LIKE, Outcome.ACCEPTED, 1_600_000_000L);

        assertThat(requests.between(0, 1, Course.ALL).accepted()).isEqualTo(1);
        assertThat(answers.between(2, 3, Course.ALL).accepted()).isEqualTo(1);
    }

    @Test
    void aClassOfWhichNothingCame_isNotKept() {
        assertThat(Check.atLeast("posts kept", 0.95, Flow.NONE.kept(Flow.NONE)).kept())
                .isFalse();
    }

    @Test
    void aRecoveryIsWithinHalfAMinute_orNone() {
        assertThat(RetryStorm.recovery(Optional.of(new Recovery(100, 50, OptionalDouble.of(30))))
                        .kept())
                .isTrue();
        assertThat(RetryStorm.recovery(Optional.of(new Recovery(100, 50, OptionalDouble.of(31))))
                        .kept())
                .isFalse();
        assertThat(RetryStorm.recovery(Optional.of(new Recovery(100, 50, OptionalDouble.empty())))
                        .seen())
                .isEqualTo("never");
        assertThat(RetryStorm.recovery(Optional.empty()).kept()).isFalse();
    }

    @Test
    void anEstimate_isReadAsTheApiAnswersIt() {
        JsonNode counts =
                JsonMapper.shared().readTree("{\"views\": {\"value\": 101, \"errorBound\": 3}, \"viewsMargin\": 7}");

        assertThat(SampledViews.Estimate.of(counts, 100)).isEqualTo(new SampledViews.Estimate(101, 7, 100));
    }

    @Test
    void anEstimateTwoPercentOff_isTheLimit_andMustBeWithinItsMargin() {
        assertThat(SampledViews.checks(new SampledViews.Estimate(102_000, 2_500, 100_000), true))
                .allMatch(Check::kept);
        assertThat(SampledViews.checks(new SampledViews.Estimate(102_100, 2_500, 100_000), true))
                .extracting(Check::kept)
                .containsExactly(false, true, true, true);
        assertThat(SampledViews.checks(new SampledViews.Estimate(97_900, 2_500, 100_000), true))
                .extracting(Check::kept)
                .containsExactly(false, true, true, true);
        assertThat(SampledViews.checks(new SampledViews.Estimate(98_500, 1_400, 100_000), true))
                .extracting(Check::kept)
                .containsExactly(true, false, true, true);
    }

    @Test
    void viewsThatWereNotSampled_orTooFew_proveNothing() {
        assertThat(SampledViews.checks(new SampledViews.Estimate(99_000, 0, 99_000), true))
                .extracting(Check::kept)
                .containsExactly(true, true, false, false);
    }

    @Test
    void whatGrowsBeyondChance_isNotFlat() {
        assertThat(Trend.of(noise(0)).isFlat()).isTrue();
        assertThat(Trend.of(noise(1)).isFlat()).isFalse();
        assertThat(Trend.of(noise(-1)).isFlat()).as("less is no leak").isTrue();
    }

    @Test
    void garbage_isNoGrowth() {
        List<Double> saw = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            saw.add(100.0 + i % 20 * 10);
        }
        assertThat(Trend.of(saw).isFlat()).isTrue();
    }

    @Test
    void garbageThatIsCollectedMoreRarely_isNoGrowth() {
        List<Double> saw = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            saw.add(100.0 + i % 20 * (10 + i));
        }
        assertThat(Trend.of(saw).isFlat()).isTrue();
    }

    @Test
    void onlyTheCounterExample_isNotJudged() {
        assertThat(Trial.values()).filteredOn(trial -> !trial.isJudged()).containsExactly(Trial.METASTABLE_OFF);
        assertThat(Trial.usual()).doesNotContain(Trial.LONG).hasSize(9);
    }

    @Test
    void theWritesOfAMix_areWhatIsNotRead() {
        assertThat(Ground.share(Mix.parse("likes=3,reads=1"))).isEqualTo(0.75);
        assertThat(Ground.share(Mix.parse("likes=3"))).isEqualTo(1);
    }

    @Test
    void aRun_isRepeatedByItsCommand() {
        OverloadSettings settings = new OverloadSettings(
                7, Set.of(Trial.SLOW_REDIS, Trial.SLOW_SHARD), OptionalDouble.empty(), Duration.ofSeconds(9));

        assertThat(settings.command(1_234.4))
                .isEqualTo(
                        "./spillway chaos overload --seed 7 --only slow-shard,slow-redis --capacity 1234 --seconds 9");
    }

    @Test
    void aShortDisturbance_hasAShortDayAroundIt() {
        assertThat(Timetable.around(Duration.ofSeconds(60))).isEqualTo(new Timetable(15, 15, 60, 30));
        assertThat(Timetable.around(Duration.ofSeconds(4))).isEqualTo(new Timetable(2, 2, 4, 4));
    }

    private static List<Double> noise(double growth) {
        SplittableRandom random = new SplittableRandom(1);
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            seen.add(100 + growth * i + random.nextDouble() * 10);
        }
        return seen;
    }

    private static void second(Tape tape, AtomicLong nanos, int second, int offered, int accepted) {
        nanos.set(second * 1_000_000_000L + 5);
        for (int i = 0; i < offered; i++) {
            tape.sent(LIKE);
            tape.ended(LIKE, i < accepted ? Outcome.ACCEPTED : Outcome.SHED, 1);
        }
    }

    private static List<Check> posts(long offered, long accepted, double p99) {
        Book book = new Book(offered, accepted, offered - accepted, 0, 0, 0);
        Quantiles latency = new Quantiles(accepted, 1, 1, p99, p99, p99);
        return Surge.posts(new PhaseResult(
                new Phase("during", Duration.ofSeconds(1), 1),
                offered,
                0,
                Map.of(TrafficClass.POSTS, book),
                Map.of(TrafficClass.POSTS, latency),
                latency));
    }
}
