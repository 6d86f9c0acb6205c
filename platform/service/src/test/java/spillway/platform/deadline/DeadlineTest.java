package spillway.platform.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import spillway.platform.deadline.Deadline.Kind;

class DeadlineTest {

    private long now = Long.MAX_VALUE - 5;

    private Deadline of(long millis, Kind kind) {
        return Deadline.in(Duration.ofMillis(millis), kind, () -> now);
    }

    @Test
    void withoutOne_waitsAreAsLongAsTheyAre() {
        assertThat(Deadline.current().isSet()).isFalse();
        assertThat(Deadline.current().within(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThatCode(() -> Deadline.current().check()).doesNotThrowAnyException();
    }

    @Test
    void aDeadline_cutsWaitsToWhatIsLeft() {
        Deadline deadline = of(100, Kind.WRITE);
        assertThat(deadline.within(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(100));

        now += TimeUnit.MILLISECONDS.toNanos(70);
        assertThat(deadline.within(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(30));
        assertThat(deadline.within(Duration.ofMillis(2))).isEqualTo(Duration.ofMillis(2));

        now += TimeUnit.MILLISECONDS.toNanos(30);
        assertThat(deadline.within(Duration.ofSeconds(5))).isZero();
    }

    @Test
    void aWriteThatComesTooLate_hasNoEffect_andMayComeAgain() {
        Deadline deadline = of(100, Kind.WRITE);
        deadline.check();
        now += TimeUnit.MILLISECONDS.toNanos(100);

        assertThatThrownBy(deadline::check).isInstanceOfSatisfying(DeadlinePassed.class, passed -> {
            assertThat(passed.getStatusCode().value()).isEqualTo(503);
            assertThat(passed.getBody().getType()).hasToString("urn:spillway:problem:deadline-expired");
            assertThat(passed.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).matches("[1-3]");
        });
    }

    @Test
    void aReadThatComesTooLate_isOver() {
        Deadline deadline = of(1, Kind.READ);
        now += TimeUnit.MILLISECONDS.toNanos(1);

        assertThatThrownBy(deadline::check)
                .isInstanceOfSatisfying(
                        DeadlinePassed.class,
                        passed -> assertThat(passed.getStatusCode().value()).isEqualTo(504));
    }

    @Test
    void theRunningRequests_isTheCurrentOne() {
        Deadline deadline = of(100, Kind.READ);

        assertThat(deadline.<Deadline>call(Deadline::current)).isSameAs(deadline);
        assertThat(Deadline.current().isSet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "250,250", "0250,250", "60000,60000", "60001,60000", "99999999999999999999,60000"})
    void wholeMilliseconds_areADeadline_ofAMinuteAtMost(String sent, long millis) {
        assertThat(Deadline.read(List.of(sent))).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "000", "-1", "+1", "1.5", "1e3", "100ms", "1 2", "٣", "0x10", "NaN", "1,2"})
    void anythingElse_isNone(String sent) {
        assertThat(Deadline.read(List.of(sent))).isEqualTo(Optional.empty());
    }

    @Test
    void twoOfThem_areNone() {
        assertThat(Deadline.read(List.of("10", "20"))).isEmpty();
    }
}
