package spillway.gateway.shed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.ShedLedger.Line;
import spillway.gateway.shed.ShedLedger.Minute;

class ShedLedgerTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:30Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShedLedger ledger = new ShedLedger(now::get, meters);

    @Test
    void entriesOfAMinute_areSummedPerClassAndReason() {
        ledger.shed(TrafficClass.VIEW, Reason.SAMPLED, 16);
        ledger.shed(TrafficClass.VIEW, Reason.SAMPLED, 4);
        ledger.shed(TrafficClass.LIKE, Reason.LEVEL, 1);

        assertThat(ledger.minutes()).containsExactly(new Minute(Instant.parse("2026-01-01T10:00:00Z"), ledger.total()));
        assertThat(ledger.total()).containsExactly(new Line("like", "level", 1, 1), new Line("view", "sampled", 2, 20));
    }

    @Test
    void minutes_areKeptForAnHour_andTheTotalForEver() {
        ledger.shed(TrafficClass.LIKE, Reason.LEVEL, 1);
        passes(Duration.ofMinutes(59));
        ledger.shed(TrafficClass.POST, Reason.LIMIT, 1);

        assertThat(ledger.minutes()).hasSize(2);

        passes(Duration.ofMinutes(1));
        assertThat(ledger.minutes()).extracting(Minute::minute).containsExactly(Instant.parse("2026-01-01T10:59:00Z"));
        ledger.shed(TrafficClass.LIKE, Reason.LEVEL, 1);
        assertThat(ledger.minutes()).hasSize(2);
        assertThat(ledger.minutes().getLast().shed()).containsExactly(new Line("like", "level", 1, 1));
        assertThat(ledger.total()).containsExactly(new Line("post", "limit", 1, 1), new Line("like", "level", 2, 2));
    }

    @Test
    void clockThatGoesBack_losesNothing() {
        passes(Duration.ofHours(1));
        ledger.shed(TrafficClass.LIKE, Reason.LEVEL, 1);
        passes(Duration.ofHours(-1));
        ledger.shed(TrafficClass.LIKE, Reason.LEVEL, 1);
        passes(Duration.ofHours(1));

        assertThat(ledger.minutes().getLast().shed()).containsExactly(new Line("like", "level", 2, 2));
    }

    @Test
    void meters_sayCountAndWeight() {
        ledger.shed(TrafficClass.VIEW, Reason.COALESCED, 3);

        assertThat(meters.get("spillway.gateway.shed")
                        .tags("class", "view", "reason", "coalesced")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("spillway.gateway.shed.weight")
                        .tags("class", "view", "reason", "coalesced")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void noWeight_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.shed(TrafficClass.VIEW, Reason.SAMPLED, 0));
    }

    private void passes(Duration time) {
        now.updateAndGet(then -> then.plus(time));
    }
}
