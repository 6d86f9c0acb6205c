package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import spillway.lab.shards.Load;

class HashingByCountryTest {

    private static final Load EVEN = new Load(100, 100, 100, 100, 100, 100, 100, 100);
    private static final Load UNEVEN = new Load(300, 100, 100, 100, 50, 50, 50, 50);

    @Test
    void countriesThatFallEvenly_makeTheClaimTrue() {
        assertThat(HashingByCountry.judge(EVEN, EVEN, 0.1).verdict()).isEqualTo(Verdict.TRUE);
    }

    @Test
    void countriesThatCouldFallEvenly_butDidNot_makeItDependOnLuck() {
        assertThat(HashingByCountry.judge(UNEVEN, EVEN, 0.1).verdict()).isEqualTo(Verdict.DEPENDS);
    }

    @Test
    void aCountryTooLargeForAShard_makesItFalse() {
        assertThat(HashingByCountry.judge(UNEVEN, EVEN, 0.2).verdict()).isEqualTo(Verdict.FALSE);
    }

    @Test
    void usersThemselves_fallEvenly() {
        Finding finding = new HashingByCountry(new SplittableRandom(1)).examine();

        assertThat(finding.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(finding.measured().get(1)).startsWith("by user").contains("max/mean  1.0");
    }

    @Test
    void aLoad_knowsItsPeakAndItsVariation() {
        assertThat(UNEVEN.peak()).isEqualTo(3);
        assertThat(EVEN.variation()).isZero();
    }
}
