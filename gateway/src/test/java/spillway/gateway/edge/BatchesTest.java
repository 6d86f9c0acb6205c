package spillway.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Expired;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.route.ServiceFailure;
import spillway.platform.problem.ProblemType;

/** Batches of at most 3, at most 2 in flight and 5 waiting, with a linger of 3 ms; what waits 100 ms is refused. */
class BatchesTest {

    private static final Duration LINGER = Duration.ofMillis(3);
    private static final Duration MAX_WAIT = Duration.ofMillis(100);
    private static final Duration NANOSECOND = Duration.ofNanos(1);

    private final FakeTime time = new FakeTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Sent> sent = new ArrayList<>();
    private final Batches<String, String> batches = new Batches<>(
            TrafficClass.LIKE,
            new BatchLimits(LINGER, 3, 2, 5, MAX_WAIT),
            this::send,
            time::nanos,
            time::alarm,
            meters);

    @Test
    void aLoneQuestion_leavesAtOnce() {
        CompletableFuture<String> answer =
                batches.ask("a", Deadline.NONE, Runnable::run).answer();

        assertThat(questions()).containsExactly(List.of("a"));
        assertThat(answer).isNotDone();
        sent.getFirst().answer();
        assertThat(answer).isCompletedWithValue("A");
    }

    @Test
    void afterAQuietLinger_aLoneQuestionLeavesAtOnceAgain() {
        ask("a");
        sent.getFirst().answer();
        time.passes(LINGER);
        ask("b");

        assertThat(questions()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void soonAfterABatch_questionsCollectUntilTheLingerIsOver_thoughNothingIsInFlight() {
        ask("a");
        sent.getFirst().answer();
        time.passes(Duration.ofMillis(1));
        ask("b");
        time.passes(Duration.ofMillis(2).minus(NANOSECOND));
        ask("c");
        assertThat(questions()).containsExactly(List.of("a"));

        time.passes(NANOSECOND);
        assertThat(questions()).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void whileABatchIsInFlight_questionsCollectForTheLinger() {
        ask("a", "b");
        time.passes(Duration.ofMillis(2));
        ask("c");
        time.passes(Duration.ofMillis(1).minus(NANOSECOND));
        assertThat(questions()).containsExactly(List.of("a"));

        time.passes(NANOSECOND);
        assertThat(questions()).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void aFullBatch_doesNotLinger() {
        ask("a", "b", "c");
        assertThat(questions()).containsExactly(List.of("a"));
        ask("d");
        assertThat(questions()).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void theAlarmOfABatchThatLeftFull_doesNotEndTheNextLinger() {
        ask("a", "b");
        time.passes(Duration.ofMillis(1));
        ask("c", "d");
        sent.getFirst().answer();
        ask("e");
        assertThat(questions()).hasSize(2);

        time.passes(LINGER.minus(NANOSECOND));
        assertThat(questions()).hasSize(2);
        time.passes(NANOSECOND);
        assertThat(questions()).endsWith(List.of("e"));
    }

    @Test
    void whenTheLastBatchInFlightIsAnswered_longAfterItLeft_thoseWhoWaitLeaveAtOnce() {
        ask("a");
        time.passes(Duration.ofMillis(2));
        ask("b", "c");
        time.passes(Duration.ofMillis(1));
        assertThat(questions()).containsExactly(List.of("a"));
        sent.getFirst().answer();

        assertThat(questions()).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void callersOfOneHome_areAnsweredByOneTaskOfIt() {
        List<Runnable> here = new ArrayList<>();
        List<Runnable> there = new ArrayList<>();
        Executor home = here::add;
        Executor other = there::add;
        ask("alone");
        List<CompletableFuture<String>> answers = List.of(
                batches.ask("a", Deadline.NONE, home).answer(),
                batches.ask("b", Deadline.NONE, other).answer(),
                batches.ask("c", Deadline.NONE, home).answer());
        sent.getFirst().answer();
        sent.getLast().answer();

        assertThat(here).hasSize(1);
        assertThat(there).hasSize(1);
        here.getFirst().run();
        assertThat(answers).extracting(CompletableFuture::isDone).containsExactly(true, false, true);
        there.getFirst().run();
        assertThat(answers).extracting(CompletableFuture::join).containsExactly("A", "B", "C");
    }

    @Test
    void withAllBatchesInFlight_theNextGrowsPastLingerAndSize_andLeavesInOrder() {
        fillTheFlight();
        ask("1", "2", "3", "4");
        time.passes(LINGER.multipliedBy(2));
        assertThat(questions()).hasSize(2);

        sent.get(1).answer();
        assertThat(questions().getLast()).containsExactly("1", "2", "3");
        sent.get(0).answer();
        assertThat(questions().getLast()).containsExactly("4");
    }

    @Test
    void eachCaller_getsTheAnswerToItsOwnQuestion() {
        ask("a");
        List<CompletableFuture<String>> answers = ask("b", "c", "d");
        sent.getLast().answer();

        assertThat(answers).extracting(answer -> answer.getNow("nothing")).containsExactly("B", "C", "D");
    }

    @Test
    void sameQuestions_areAllAsked() {
        ask("a");
        ask("b", "b", "b");

        assertThat(questions().getLast()).containsExactly("b", "b", "b");
    }

    @Test
    void aFailedBatch_failsItsCallers_andNoOthers_andMakesRoom() {
        List<CompletableFuture<String>> answers = fillTheFlight();
        ServiceFailure failure = ServiceFailure.unknown(null);
        sent.get(1).failed(failure);

        assertThat(answers.getFirst()).isNotDone();
        assertThat(answers.subList(1, 4))
                .allSatisfy(answer -> assertThat(answer.exceptionNow()).isSameAs(failure));
        ask("e");
        time.passes(LINGER);
        assertThat(questions()).endsWith(List.of("e"));
    }

    @Test
    void oneTooManyWaiting_isRefusedAtOnce_andNeverSent() {
        fillTheFlight();
        List<CompletableFuture<String>> waiting = ask("1", "2", "3", "4", "5");
        CompletableFuture<String> tooMany =
                batches.ask("6", Deadline.NONE, Runnable::run).answer();

        assertRefused(tooMany);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        time.passes(LINGER);
        answerAll();
        assertThat(questions().stream().flatMap(List::stream)).doesNotContain("6");
        assertThat(waiting).extracting(answer -> answer.getNow("nothing")).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aCallerWhoLeavesWhileWaiting_isNotSent_andMakesRoom() {
        fillTheFlight();
        List<CompletableFuture<String>> waiting = ask("1", "2", "3", "4", "5");
        waiting.get(1).cancel(true);
        assertThat(batches.ask("6", Deadline.NONE, Runnable::run).answer()).isNotDone();

        time.passes(LINGER);
        answerAll();
        assertThat(questions().subList(2, 4)).containsExactly(List.of("1", "3", "4"), List.of("5", "6"));
    }

    @Test
    void aCallerWhoLeavesAfterSending_leavesTheOthersTheirAnswers() {
        ask("a");
        List<CompletableFuture<String>> answers = ask("b", "c", "d");
        answers.get(1).cancel(true);
        sent.getLast().answer();

        assertThat(answers.get(0)).isCompletedWithValue("B");
        assertThat(answers.get(2)).isCompletedWithValue("D");
    }

    @Test
    void whatWaitedTooLong_isRefusedInsteadOfSent() {
        fillTheFlight();
        CompletableFuture<String> old =
                batches.ask("1", Deadline.NONE, Runnable::run).answer();
        time.passes(NANOSECOND);
        CompletableFuture<String> young =
                batches.ask("2", Deadline.NONE, Runnable::run).answer();
        time.passes(MAX_WAIT.minus(NANOSECOND));
        sent.getFirst().answer();
        time.passes(LINGER);

        assertRefused(old);
        assertThat(young).isNotDone();
        assertThat(questions().getLast()).containsExactly("2");
    }

    @Test
    void meters_tellSizesAndWaits_andWhatIsUnderWay() {
        fillTheFlight();
        ask("1");
        assertThat(meters.get("spillway.gateway.edge.in.flight").gauge().value())
                .isEqualTo(2);
        assertThat(meters.get("spillway.gateway.edge.waiting").gauge().value()).isEqualTo(1);
        time.passes(Duration.ofMillis(5));
        answerAll();

        assertThat(meters.get("spillway.gateway.edge.in.flight").gauge().value())
                .isZero();
        assertThat(meters.get("spillway.gateway.edge.waiting").gauge().value()).isZero();
        assertThat(meters.get("spillway.gateway.edge.batch.size").summary().totalAmount())
                .isEqualTo(5);
        assertThat(meters.get("spillway.gateway.edge.batch.size").summary().count())
                .isEqualTo(3);
        assertThat(meters.get("spillway.gateway.edge.waited").timer().max(TimeUnit.MILLISECONDS))
                .isEqualTo(5);
    }

    @Test
    void twoKindsOfQuestions_haveMetersOfTheirOwn() {
        Batches<String, String> views = new Batches<>(
                TrafficClass.VIEW,
                new BatchLimits(LINGER, 3, 2, 5, MAX_WAIT),
                this::send,
                time::nanos,
                time::alarm,
                meters);
        ask("a");
        var unused = views.ask("b", Deadline.NONE, Runnable::run).answer();
        sent.getFirst().answer();

        assertThat(inFlight("like")).isZero();
        assertThat(inFlight("view")).isEqualTo(1);
    }

    private double inFlight(String traffic) {
        return meters.get("spillway.gateway.edge.in.flight")
                .tag("class", traffic)
                .gauge()
                .value();
    }

    /** Both batches: one question alone, then three. */
    private List<CompletableFuture<String>> fillTheFlight() {
        List<CompletableFuture<String>> answers = ask("a", "b", "c", "d");
        assertThat(sent).hasSize(2);
        return answers;
    }

    @Test
    void aQuestionWhoseDeadlinePassesWhileItWaits_isNotSent() {
        ask("a");
        CompletableFuture<String> late = batches.ask("b", Deadline.in(Duration.ofMillis(2), time::nanos), Runnable::run)
                .answer();
        CompletableFuture<String> patient = batches.ask(
                        "c", Deadline.in(Duration.ofMillis(10), time::nanos), Runnable::run)
                .answer();
        time.passes(LINGER);

        assertThat(questions()).containsExactly(List.of("a"), List.of("c"));
        assertThat(late).isCompletedExceptionally();
        assertThat(late.exceptionNow()).isInstanceOf(Expired.class);
        assertThat(patient).isNotDone();
    }

    @Test
    void aBatch_hasTheLongestDeadlineOfItsQuestions() {
        Deadline soon = Deadline.in(Duration.ofMillis(20), time::nanos);
        Deadline later = Deadline.in(Duration.ofMillis(50), time::nanos);
        ask("a");
        List.of(soon, later, soon).forEach(deadline -> batches.ask("b", deadline, Runnable::run));

        assertThat(sent.getFirst().deadline()).isEqualTo(Deadline.NONE);
        assertThat(sent.getLast().questions()).hasSize(3);
        assertThat(sent.getLast().deadline()).isEqualTo(later);
    }

    @Test
    void aBatchWithAQuestionWithoutADeadline_hasNone() {
        ask("a");
        var unused = batches.ask("b", Deadline.in(Duration.ofMillis(20), time::nanos), Runnable::run);
        ask("c");
        time.passes(LINGER);

        assertThat(questions()).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(sent.getLast().deadline()).isEqualTo(Deadline.NONE);
    }

    @Test
    void aBatchOfNothingButExpiredQuestions_takesNoPlaceInFlight() {
        var unused = batches.ask("a", new Deadline(true, time.nanos()), Runnable::run);
        ask("b");
        time.passes(LINGER);

        assertThat(questions()).containsExactly(List.of("b"));
    }

    @Test
    void aQuestion_isTakenBackOnlyBeforeItIsSent() {
        Batches.Asked<String> sentAlready = batches.ask("a", Deadline.NONE, Runnable::run);
        Batches.Asked<String> waiting = batches.ask("b", Deadline.NONE, Runnable::run);

        sentAlready.answer().cancel(false);
        waiting.answer().cancel(false);

        assertThat(sentAlready.isTakenBack()).isFalse();
        assertThat(waiting.isTakenBack()).isTrue();
    }

    private List<CompletableFuture<String>> ask(String... questions) {
        return Stream.of(questions)
                .map(question ->
                        batches.ask(question, Deadline.NONE, Runnable::run).answer())
                .toList();
    }

    private CompletionStage<List<String>> send(List<String> questions, Deadline deadline) {
        Sent batch = new Sent(questions, deadline, new CompletableFuture<>());
        sent.add(batch);
        return batch.answers();
    }

    /** Those as well that leave meanwhile. */
    private void answerAll() {
        for (int i = 0; i < sent.size(); i++) {
            sent.get(i).answer();
        }
    }

    private List<List<String>> questions() {
        return sent.stream().map(Sent::questions).toList();
    }

    private static void assertRefused(CompletableFuture<String> answer) {
        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow())
                .isInstanceOfSatisfying(
                        ServiceFailure.class,
                        refusal -> assertThat(refusal.getBody().getType()).isEqualTo(ProblemType.UNAVAILABLE.uri()));
    }

    private record Sent(List<String> questions, Deadline deadline, CompletableFuture<List<String>> answers) {

        /** To each question its upper case. */
        void answer() {
            answers.complete(questions.stream()
                    .map(question -> question.toUpperCase(Locale.ROOT))
                    .toList());
        }

        void failed(Throwable failure) {
            answers.completeExceptionally(failure);
        }
    }
}
