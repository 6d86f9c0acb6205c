package spillway.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AnswerDateTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.999Z"));
    private final AnswerDate date = new AnswerDate(now::get);

    @Test
    void date_isOfFixedLength_andInGreenwich() {
        assertThat(date.now().toString()).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
    }

    @Test
    void date_goesWithTheClock_alsoBackwards() {
        date.now();
        now.set(Instant.parse("2026-01-02T03:04:06Z"));
        assertThat(date.now().toString()).isEqualTo("Fri, 02 Jan 2026 03:04:06 GMT");
        now.set(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(date.now().toString()).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
    }
}
