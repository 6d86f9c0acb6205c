package spillway.metrics.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainRateTest {

    private final DrainRate rate = new DrainRate();
    private long now = 1;
    private long end;
    private long applied = -1;

    private void look(long millisLater) {
        now += TimeUnit.MILLISECONDS.toNanos(millisLater);
        rate.note(new Sample(new long[] {end, 0}, new long[][] {{applied, end - 1}, {-1, -1}}, now));
    }

    private long oldestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(rate.oldest(now));
    }

    @Test
    void whereAllIsCounted_nothingIsOld() {
        end = 100;
        applied = 99;
        look(200);

        assertThat(oldestMillis()).isZero();
        assertThat(rate.perSecond(now)).isNull();
    }

    @Test
    void theOldestRecord_isAsOldAsTheFirstSampleThatHadIt() {
        for (int second = 0; second < 5; second++) {
            end += 1_000;
            look(1_000);
        }
        assertThat(oldestMillis()).isEqualTo(4_000);

        applied = 999;
        look(0);
        assertThat(oldestMillis()).isEqualTo(3_000);
        applied = 1_000;
        look(0);
        assertThat(oldestMillis()).isEqualTo(3_000);
        applied = 4_999;
        look(0);
        assertThat(oldestMillis()).isZero();
    }

    @Test
    void hoursOfBacklog_areRememberedInLittleSpace_andStillAsOld() {
        for (int sample = 0; sample < 100_000; sample++) {
            end += 10;
            look(200);
        }
        assertThat(oldestMillis()).isEqualTo(99_999 * 200);
    }

    @Test
    void whatStoreForgot_isOldFromThenOn() {
        end = 1_000;
        applied = 999;
        look(200);
        applied = -1;
        look(200);
        look(700);

        assertThat(oldestMillis()).isEqualTo(700);
    }

    @Test
    void batchingAlone_saysNothingOfHowFastABacklogDrains() {
        for (int window = 0; window < 50; window++) {
            end += 10;
            look(250);
            applied = end - 1;
            look(50);
        }
        assertThat(rate.perSecond(now)).isNull();
    }

    @Test
    void aBacklog_drainsAsFastAsItsRecordsLeave_fewOrMany() {
        end = 1_000_000;
        look(200);
        drain(20, 800);
        assertThat(rate.perSecond(now)).isCloseTo(4_000, within(500.0));

        drain(100, 4_000);
        assertThat(rate.perSecond(now)).isCloseTo(20_000, within(500.0));
    }

    private void drain(int samples, long perSample) {
        for (int i = 0; i < samples; i++) {
            applied += perSample;
            look(200);
        }
    }

    @Test
    void flushesThatFallBetweenSamples_areAveraged() {
        end = 1_000_000;
        look(200);
        for (int i = 0; i < 60; i++) {
            applied += i % 3 == 0 ? 3_000 : 0;
            look(100);
        }
        assertThat(rate.perSecond(now)).isCloseTo(10_000, within(500.0));
    }

    @Test
    void someTimeAfterTheBacklog_nothingIsKnown() {
        end = 1_000_000;
        look(200);
        drain(20, 800);
        applied = end - 1;
        look(200);
        now += DrainRate.FORGOTTEN + TimeUnit.SECONDS.toNanos(1);

        assertThat(rate.perSecond(now)).isNull();
    }
}
