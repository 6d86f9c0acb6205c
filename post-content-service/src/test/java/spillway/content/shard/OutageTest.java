package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

    private final AtomicLong now = new AtomicLong(5_000);
    private final Outage outage = new Outage(() -> Instant.ofEpochMilli(now.get()), Duration.ofSeconds(1));

    @Test
    void withoutAnOutage_everybodyMayTry() {
        assertThat(outage.mayTry()).isTrue();
        assertThat(outage.mayTry()).isTrue();
    }

    @Test
    void inAnOutage_oneCallerPerSecondMayTry() {
        outage.begin();
        assertThat(outage.mayTry()).isFalse();

        now.addAndGet(1_000);
        assertThat(outage.mayTry()).isTrue();
        assertThat(outage.mayTry()).isFalse();

        now.addAndGet(1_000);
        assertThat(outage.mayTry()).isTrue();
    }

    @Test
    void beginAndEnd_areToldOnce() {
        assertThat(outage.end()).isFalse();
        assertThat(outage.begin()).isTrue();
        assertThat(outage.begin()).isFalse();
        assertThat(outage.end()).isTrue();
        assertThat(outage.end()).isFalse();
    }

    @Test
    void afterTheOutage_everybodyMayTry() {
        outage.begin();
        outage.end();

        assertThat(outage.mayTry()).isTrue();
        assertThat(outage.mayTry()).isTrue();
    }
}
