package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.lab.limits.probe.Reading;
import spillway.lab.stack.Part;

class BatchingSavesTest {

    @Test
    void aHundredfoldSavingOfEverything_isWhatIsClaimed() {
        Finding finding = BatchingSaves.judge(reading(1_000, 200), reading(1_000, 200), reading(100_000, 2));

        assertThat(finding.verdict()).isEqualTo(Verdict.TRUE);
    }

    @Test
    void aHundredfoldSavingOfTimeAlone_dependsOnWhatIsSaved() {
        Finding finding = BatchingSaves.judge(reading(1_000, 20), reading(8_000, 20), reading(100_000, 2));

        assertThat(finding.verdict()).isEqualTo(Verdict.DEPENDS);
        assertThat(finding.because()).isEqualTo("fits only: time, against one writer");
        assertThat(finding.measured()).contains("time, against 32 writers             12.5 times less");
    }

    @Test
    void aTenfoldSaving_isNotAHundredfold() {
        assertThat(BatchingSaves.judge(reading(1_000, 20), reading(1_000, 20), reading(10_000, 2))
                        .verdict())
                .isEqualTo(Verdict.FALSE);
    }

    private static Reading reading(double rate, double cpuMicros) {
        return new Reading(rate, rate, rate, Map.of(Part.POSTGRES_A, cpuMicros), 0);
    }
}
