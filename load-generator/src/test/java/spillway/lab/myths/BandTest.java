package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BandTest {

    private static final Band ABOUT_A_THOUSAND = new Band(500, 2_000);

    @Test
    void whenAllFit_theClaimIsTrue() {
        assertThat(ABOUT_A_THOUSAND.judge(Map.of("one row", 500.0, "many rows", 2_000.0)))
                .isEqualTo(Verdict.TRUE);
    }

    @Test
    void whenNoneFits_itIsFalse() {
        assertThat(ABOUT_A_THOUSAND.judge(Map.of("one row", 499.0, "many rows", 2_001.0)))
                .isEqualTo(Verdict.FALSE);
    }

    @Test
    void whenSomeFit_itDependsOnWhich() {
        Map<String, Double> measured = Map.of("one row", 900.0, "many rows", 15_000.0);

        assertThat(ABOUT_A_THOUSAND.judge(measured)).isEqualTo(Verdict.DEPENDS);
        assertThat(ABOUT_A_THOUSAND.because(measured)).isEqualTo("fits only: one row");
    }
}
