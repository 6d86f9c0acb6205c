package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import spillway.platform.deadline.Deadline;
import spillway.platform.deadline.DeadlinePassed;

@Timeout(20)
class TransactionsTest {

    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private boolean connectionIsSlow;
    private boolean commitIsSlow;

    private final CommitTimes times = new CommitTimes(1);
    private final Transactions transactions =
            new Transactions(new Counted(), new Counted(), NoEntities.manager(), times);

    private static <T> T within(Duration left, Deadline.Kind kind, Supplier<T> work) {
        return Deadline.in(left, kind).call(work);
    }

    private int slowStatement() {
        statements.incrementAndGet();
        awaitAnswer();
        return 1;
    }

    private void databaseAnswers() throws InterruptedException {
        answer.countDown();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void writeThatTakesTooLong_isNeverCommitted() throws InterruptedException {
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() -> within(
                        Duration.ofMillis(50), Deadline.Kind.WRITE, () -> transactions.write(0, this::slowStatement)))
                .satisfies(passed -> assertThat(passed.getStatusCode().value()).isEqualTo(503));
        databaseAnswers();

        assertThat(statements).hasValue(1);
        assertThat(commits).hasValue(0);
    }

    @Test
    void writeThatGotNoConnectionInTime_doesNothingWhenItGetsOne() throws InterruptedException {
        connectionIsSlow = true;
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() -> within(
                        Duration.ofMillis(50), Deadline.Kind.WRITE, () -> transactions.write(0, this::slowStatement)));
        databaseAnswers();

        assertThat(statements).hasValue(0);
    }

    @Test
    void commitThatTakesTooLong_isUnknown_andKnownToBeSlow() throws InterruptedException {
        commitIsSlow = true;
        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(
                        () -> within(Duration.ofMillis(50), Deadline.Kind.WRITE, () -> transactions.write(0, () -> 1)));
        assertThat(times.median(List.of(0))).isGreaterThan(1);
        databaseAnswers();

        assertThat(commits).hasValue(1);
    }

    @Test
    void readThatTakesTooLong_isOver() throws InterruptedException {
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() -> within(
                        Duration.ofMillis(50), Deadline.Kind.READ, () -> transactions.read(0, this::slowStatement)))
                .satisfies(passed -> assertThat(passed.getStatusCode().value()).isEqualTo(504));
        databaseAnswers();
    }

    @Test
    void workWhoseDeadlineHasPassed_takesNoConnection() {
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() ->
                        within(Duration.ZERO, Deadline.Kind.WRITE, () -> transactions.write(0, this::slowStatement)));

        assertThat(ended.getCount()).isEqualTo(1);
    }

    @Test
    void workInTime_isDone_asIsWorkWithoutADeadline() {
        answer.countDown();
        assertThat(within(
                        Duration.ofSeconds(10),
                        Deadline.Kind.WRITE,
                        () -> transactions.<Integer>write(0, this::slowStatement)))
                .isEqualTo(1);
        assertThat(transactions.<Integer>write(0, this::slowStatement)).isEqualTo(1);

        assertThat(commits).hasValue(2);
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits what does not throw. */
    private final class Counted implements TransactionOperations {

        @Override
        public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            try {
                if (connectionIsSlow) {
                    awaitAnswer();
                }
                T result = action.doInTransaction(new SimpleTransactionStatus());
                if (commitIsSlow) {
                    awaitAnswer();
                }
                commits.incrementAndGet();
                return result;
            } finally {
                ended.countDown();
            }
        }
    }
}
