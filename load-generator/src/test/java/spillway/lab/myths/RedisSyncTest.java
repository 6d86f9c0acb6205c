package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSyncTest {

    @ParameterizedTest
    @CsvSource({"100, TRUE", "199, TRUE", "1000, FALSE", "10, FALSE"})
    void whatIsSeenAtWork_decides(long millisApart, Verdict verdict) {
        List<Long> syncs = LongStream.range(0, 5)
                .mapToObj(i -> i * millisApart * 1_000_000)
                .toList();

        assertThat(RedisSync.judge("everysec", syncs).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"everysec, FALSE", "off, FALSE", "no, FALSE", "fortnightly, DEPENDS"})
    void whenNothingIsSeen_theSettingDecides(String policy, Verdict verdict) {
        assertThat(RedisSync.judge(policy, List.of(5L)).verdict()).isEqualTo(verdict);
    }

    @Test
    void aSyncASecond_isSaidInSeconds() {
        Finding finding = RedisSync.judge("everysec", List.of(0L, 1_000_000_000L));

        assertThat(finding.because()).isEqualTo("a crash of the machine loses up to 1.0 s");
    }
}
