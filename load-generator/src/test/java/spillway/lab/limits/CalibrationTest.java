package spillway.lab.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.lab.limits.probe.FakeProbe;
import spillway.lab.limits.probe.Meter;
import spillway.lab.limits.probe.Probe;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Window;

class CalibrationTest {

    private static final Meter METER = new Meter(Window.of(Duration.ofMillis(1)), part -> Duration.ZERO);

    private final StringWriter screen = new StringWriter();

    @Test
    void aProbeThatFails_saysWhyAndTheOthersGoOn() {
        Limits limits = run(
                false,
                new FakeProbe(Quantity.POSTGRES_INSERT_1, meter -> {
                    throw new SQLException("no such table\nat line 3", new IOException("no space left on device"));
                }),
                new FakeProbe(Quantity.REDIS_SADD, meter -> FakeProbe.READING));

        assertThat(limits.complete()).isFalse();
        assertThat(limits.failed()).isEqualTo(Map.of(Quantity.POSTGRES_INSERT_1, "no space left on device"));
        assertThat(limits.of(Quantity.REDIS_SADD)).contains(FakeProbe.READING);
        assertThat(screen.toString())
                .contains("  insert, 1 connection    failed: no space left on device\n")
                .contains("SADD");
    }

    @Test
    void inAPipe_thereAreOnlyWholeLines_ofEightyColumns() {
        run(false, new FakeProbe(Quantity.REDIS_SADD, meter -> FakeProbe.READING));

        assertThat(screen.toString()).doesNotContain("\r", "\u001b");
        assertThat(screen.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(screen.toString()).endsWith("1,000   ±1 %      12\n");
    }

    @Test
    void onATerminal_aBarSaysWhatIsUnderWay() {
        run(true, new FakeProbe(Quantity.REDIS_SADD, meter -> FakeProbe.READING));

        assertThat(screen.toString()).contains("1 of 1  redis, SADD");
    }

    private Limits run(boolean terminal, Probe... probes) {
        Screen watcher = new Screen(new PrintWriter(screen), terminal);
        return new Calibration(List.of(probes), METER).run(Instant.EPOCH, Host.current(), Map.of(), watcher);
    }
}
