package spillway.metrics.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.ErrorResponseException;
import spillway.platform.deadline.Deadline;
import spillway.platform.deadline.DeadlinePassed;

@Timeout(20)
class AnswersTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CompletableFuture<String> never = new CompletableFuture<>();

    private static ErrorResponseException unavailable(Throwable cause) {
        return new Unavailable("away", cause);
    }

    @Test
    void whatIsThere_isTheAnswer_evenIfTheDeadlineHasPassed() {
        CompletableFuture<String> there = CompletableFuture.completedFuture("there");

        assertThat(Deadline.in(Duration.ZERO, Deadline.Kind.READ)
                        .call(() -> Answers.await(there, LONG, AnswersTest::unavailable)))
                .isEqualTo("there");
    }

    @Test
    void aWaitOfItsOwn_endsAsItAlwaysDid() {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> Answers.await(never, SHORT, AnswersTest::unavailable));
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> Deadline.in(LONG, Deadline.Kind.READ)
                        .call(() -> Answers.await(never, SHORT, AnswersTest::unavailable)));
    }

    @Test
    void aReadWhoseDeadlineComesFirst_isOver() {
        assertThatExceptionOfType(DeadlinePassed.class)
                .isThrownBy(() -> Deadline.in(SHORT, Deadline.Kind.READ)
                        .call(() -> Answers.await(never, LONG, AnswersTest::unavailable)))
                .satisfies(passed -> assertThat(passed.getStatusCode().value()).isEqualTo(504));
    }

    @Test
    void aWriteThatHasBegun_isUnknown_whoeverStopsWaiting() {
        assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> Answers.awaitWrite(never, SHORT));
        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> Deadline.in(SHORT, Deadline.Kind.WRITE).call(() -> Answers.awaitWrite(never, LONG)));
    }
}
