package spillway.content.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spillway.content.insert.Outcome.Done;
import spillway.content.shard.OutcomeUnknown;
import spillway.platform.deadline.Deadline;
import spillway.platform.deadline.DeadlinePassed;

@Timeout(20)
class ExpiredInsertsTest {

    private static final Duration LINGER = Duration.ofMillis(2);
    private static final InsertRules RULES =
            new InsertRules(InsertPath.BATCHED, 4, LINGER, 1, 6, Duration.ofSeconds(10));

    private final AtomicLong now = new AtomicLong();
    private final FakeScheduling time = new FakeScheduling();
    private final List<List<String>> tried = new ArrayList<>();
    private Runnable before = () -> {};
    private final Batches<String, String> batches = batches(time);

    private Batches<String, String> batches(Scheduling scheduling) {
        return new Batches<>(
                RULES,
                this::commit,
                e -> e instanceof IllegalStateException,
                scheduling,
                new BatchMeters("rows", new SimpleMeterRegistry(), RULES.maxWait()));
    }

    private List<Outcome<String>> commit(List<String> rows) {
        tried.add(List.copyOf(rows));
        before.run();
        if (rows.contains("bad")) {
            throw new IllegalStateException("bad");
        }
        return rows.stream().<Outcome<String>>map(Done::new).toList();
    }

    private Waiting<String, String> askFor(Duration left, String row) {
        return Deadline.in(left, Deadline.Kind.WRITE, now::get).call(() -> batches.ask(row));
    }

    private void pass(Duration length) {
        now.addAndGet(length.toNanos());
    }

    private void runAll() {
        time.pass(LINGER);
        time.runAll();
    }

    private static Outcome<String> outcome(Waiting<String, String> caller) {
        return Objects.requireNonNull(caller.outcome());
    }

    @Test
    void expiredInsert_isNotPartOfTheTransactionThatBegins() {
        batches.ask("a");
        Waiting<String, String> late = askFor(Duration.ofMillis(10), "late");
        Waiting<String, String> other = batches.ask("b");
        pass(Duration.ofMillis(10));
        runAll();

        assertThat(tried).containsExactly(List.of("a"), List.of("b"));
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() -> outcome(late).orThrow());
        assertThat(outcome(other).orThrow()).isEqualTo("b");
    }

    @Test
    void transactionOfExpiredInsertsOnly_isNone() {
        askFor(Duration.ofMillis(10), "late");
        pass(Duration.ofMillis(10));
        runAll();
        batches.ask("b");
        runAll();

        assertThat(tried).containsExactly(List.of("b"));
    }

    @Test
    void insertThatIsGivenUpWhileItWaits_isTakenBack() {
        batches.ask("a");
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() ->
                        Deadline.in(Duration.ofMillis(30), Deadline.Kind.WRITE).call(() -> batches.insert("late")));
        runAll();

        assertThat(tried).containsExactly(List.of("a"));
        assertThat(batches.waiting()).isZero();
    }

    @Test
    void insertThatIsGivenUpInItsTransaction_isUnknown() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        before = () -> await(go);
        try (InsertThreads threads = new InsertThreads()) {
            Batches<String, String> slow = batches(threads);
            assertThatExceptionOfType(OutcomeUnknown.class)
                    .isThrownBy(() -> Deadline.in(Duration.ofMillis(50), Deadline.Kind.WRITE)
                            .call(() -> slow.insert("a")));
            go.countDown();
            slow.awaitEnd(Duration.ofSeconds(10));
        }
    }

    /** It was unknown because its transaction might have been committed. That one was not, and no other may. */
    @Test
    void insertThatIsUnknown_isNotTriedAgainWithItsHalf() {
        batches.ask("first");
        Waiting<String, String> bad = batches.ask("bad");
        Waiting<String, String> unknown = batches.ask("unknown");
        before = () -> {
            if (tried.size() == 2) {
                unknown.giveUp();
            }
        };
        runAll();

        assertThat(tried).containsExactly(List.of("first"), List.of("bad", "unknown"), List.of("bad"));
        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> outcome(unknown).orThrow());
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> outcome(bad).orThrow());
    }

    @Test
    void insertThatExpiresBetweenTwoTries_hadNoEffect() {
        batches.ask("first");
        batches.ask("bad");
        Waiting<String, String> late = askFor(Duration.ofMillis(10), "late");
        before = () -> pass(tried.size() == 2 ? Duration.ofMillis(10) : Duration.ZERO);
        runAll();

        assertThat(tried).containsExactly(List.of("first"), List.of("bad", "late"), List.of("bad"));
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() -> outcome(late).orThrow());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
