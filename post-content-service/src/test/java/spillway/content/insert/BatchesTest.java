package spillway.content.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spillway.content.insert.Outcome.Done;
import spillway.content.shard.OutcomeUnknown;

@Timeout(20)
class BatchesTest {

    private static final Duration LINGER = Duration.ofMillis(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);
    private static final InsertRules RULES = new InsertRules(InsertPath.BATCHED, 4, LINGER, 2, 6, MAX_WAIT);

    private final FakeScheduling time = new FakeScheduling();
    private final List<List<String>> tried = new ArrayList<>();
    private final Batches<String, String> batches = batches(time);

    @Test
    void firstInsert_leavesAtOnce() {
        Waiting<String, String> caller = batches.ask("a");
        assertThat(time.underWay()).isEqualTo(1);
        assertThat(caller.outcome()).as("before its commit").isNull();
        time.runAll();
        assertThat(answer(caller)).isEqualTo("A");
    }

    @Test
    void insertsWhileATransactionIsUnderWay_leaveTogetherAfterTheLinger() {
        batches.ask("a");
        batches.ask("b");
        time.pass(Duration.ofMillis(1));
        Waiting<String, String> last = batches.ask("c");
        assertThat(time.underWay()).isEqualTo(1);
        time.pass(Duration.ofMillis(1));
        assertThat(time.underWay()).isEqualTo(2);
        time.runAll();
        assertThat(tried).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(answer(last)).isEqualTo("C");
    }

    @Test
    void fullBatch_doesNotLinger() {
        batches.ask("a");
        List.of("b", "c", "d", "e").forEach(batches::ask);
        assertThat(time.underWay()).isEqualTo(2);
    }

    @Test
    void withTwoUnderWay_theThirdWaitsForOneOfThem() {
        batches.ask("a");
        List.of("b", "c", "d", "e", "f").forEach(batches::ask);
        time.pass(LINGER.multipliedBy(5));
        assertThat(time.underWay()).isEqualTo(2);
        time.runOne(0);
        assertThat(time.underWay()).isEqualTo(2);
        time.runAll();
        assertThat(tried).containsExactly(List.of("a"), List.of("b", "c", "d", "e"), List.of("f"));
    }

    @Test
    void badRow_failsAlone() {
        batches.ask("a");
        Waiting<String, String> good = batches.ask("b");
        Waiting<String, String> bad = batches.ask("bad");
        Waiting<String, String> other = batches.ask("c");
        time.pass(LINGER);
        time.runAll();
        assertThat(List.of(answer(good), answer(other))).containsExactly("B", "C");
        assertThatIllegalStateException().isThrownBy(() -> answer(bad)).withMessage("bad");
    }

    @Test
    void shardThatIsAway_isTheAnswerOfAllAndAskedOnce() {
        batches.ask("a");
        Waiting<String, String> first = batches.ask("away");
        Waiting<String, String> second = batches.ask("b");
        time.pass(LINGER);
        time.runAll();
        assertThat(tried).containsExactly(List.of("a"), List.of("away", "b"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> answer(first));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> answer(second));
    }

    @Test
    void tooManyWaiting_areRefused() {
        fill();
        assertThatExceptionOfType(InsertRefused.class).isThrownBy(() -> batches.ask("g"));
    }

    @Test
    void insertThatWaitedTooLong_isRefusedAndNeverSent() {
        List<Waiting<String, String>> waiting = fill();
        time.pass(MAX_WAIT);
        time.runAll();
        assertThat(tried).containsExactly(List.of("u1"), List.of("u2"));
        assertThat(waiting)
                .allSatisfy(
                        caller -> assertThatExceptionOfType(InsertRefused.class).isThrownBy(() -> answer(caller)));
    }

    @Test
    void insertTakenBack_isNeverSent() {
        batches.ask("a");
        Waiting<String, String> caller = batches.ask("b");
        assertThat(batches.takeBack(caller)).isTrue();
        time.pass(LINGER);
        time.runAll();
        assertThat(tried).containsExactly(List.of("a"));
    }

    @Test
    void insertUnderWay_isNotTakenBack() {
        assertThat(batches.takeBack(batches.ask("a"))).isFalse();
    }

    @Test
    void closing_sendsWhatWaitsWithoutLingering_andRefusesMore() throws InterruptedException {
        batches.ask("a");
        Waiting<String, String> waiting = batches.ask("b");
        batches.close();
        assertThat(time.underWay()).isEqualTo(2);
        assertThatExceptionOfType(InsertRefused.class).isThrownBy(() -> batches.ask("c"));
        time.runAll();
        batches.awaitEnd(Duration.ofSeconds(10));
        assertThat(answer(waiting)).isEqualTo("B");
        batches.open();
        batches.ask("d");
    }

    @Test
    void whoIsNotSentWhenTheEndComes_isRefused() throws InterruptedException {
        List<Waiting<String, String>> waiting = fill();
        batches.close();
        batches.awaitEnd(Duration.ofMillis(1));
        assertThat(waiting)
                .allSatisfy(
                        caller -> assertThatExceptionOfType(InsertRefused.class).isThrownBy(() -> answer(caller)));
    }

    @Test
    void brokenJvm_leavesNobodyWaiting() {
        Waiting<String, String> caller = batches.ask("broken");
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(time::runAll);
        assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> answer(caller));
        time.pass(LINGER);
        assertThat(answer(askAndRun("a"))).isEqualTo("A");
    }

    @Test
    void callerInterruptedWhileItsTransactionIsUnderWay_isToldThatTheOutcomeIsUnknown() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (InsertThreads threads = new InsertThreads()) {
            Batches<String, String> slow = new Batches<>(
                    RULES,
                    rows -> {
                        begun.countDown();
                        await(go);
                        return commit(rows);
                    },
                    e -> true,
                    threads,
                    new BatchMeters("rows", new SimpleMeterRegistry(), MAX_WAIT));
            CompletableFuture<String> answered = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    answered.complete(slow.insert("a"));
                } catch (RuntimeException e) {
                    answered.completeExceptionally(e);
                }
            });
            begun.await();
            caller.interrupt();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(answered::join)
                    .withCauseInstanceOf(OutcomeUnknown.class);
            go.countDown();
            assertThat(slow.insert("b")).isEqualTo("B");
        }
    }

    /** Two transactions under way and six inserts waiting, as many as may. */
    private List<Waiting<String, String>> fill() {
        batches.ask("u1");
        batches.ask("u2");
        time.pass(LINGER);
        return List.of("v1", "v2", "v3", "v4", "v5", "v6").stream()
                .map(batches::ask)
                .toList();
    }

    private Waiting<String, String> askAndRun(String row) {
        Waiting<String, String> caller = batches.ask(row);
        time.runAll();
        return caller;
    }

    private Batches<String, String> batches(Scheduling scheduling) {
        return new Batches<>(
                RULES,
                this::commit,
                e -> e instanceof IllegalStateException,
                scheduling,
                new BatchMeters("rows", new SimpleMeterRegistry(), MAX_WAIT));
    }

    private List<Outcome<String>> commit(List<String> rows) {
        tried.add(List.copyOf(rows));
        if (rows.contains("bad")) {
            throw new IllegalStateException("bad");
        }
        if (rows.contains("away")) {
            throw new UnsupportedOperationException("away");
        }
        if (rows.contains("broken")) {
            throw new StackOverflowError("broken");
        }
        return rows.stream()
                .<Outcome<String>>map(row -> new Done<>(row.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static String answer(Waiting<String, String> caller) {
        return Objects.requireNonNull(caller.outcome(), "open").orThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
