package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.gateway.admission.LimitSimulation.Phase;

class LimitsTest {

    /** Whatever the service can do at once. */
    @ParameterizedTest
    @ValueSource(ints = {4, 16, 64})
    void burstOf12TimesTheCapacity_isCutToIt_andLeavesNothingBehind(int workers) {
        AdmissionRules.Limits rules = new AdmissionRules.Limits(20, 200, 12_000);
        LimitSimulation service = new LimitSimulation(Limits.adaptive(rules, rules.most()), workers, 8, 1);
        service.run(0.6, 30);

        Phase burst = service.run(12, 60);
        var unused = service.run(0.6, 10);
        Phase later = service.run(0.6, 30);

        assertThat(burst.goodput()).isGreaterThan(0.95);
        assertThat(later.refused()).isZero();
        assertThat(later.p99Millis()).isLessThan(50);
    }

    /** The lane of batches may grow to thousands. */
    @Test
    void largeLimit_staysAtWhatTheServiceCanDo() {
        AdmissionRules.Limits rules = new AdmissionRules.Limits(20, 200, 12_000);
        LimitSimulation service = new LimitSimulation(Limits.adaptive(rules, rules.mostInBatches()), 16, 8, 1);
        service.run(0.6, 30);

        Phase first = service.run(12, 1);
        Phase burst = service.run(12, 60);

        assertThat(first.p99Millis()).isLessThan(300);
        assertThat(burst.goodput()).isGreaterThan(0.95);
        assertThat(burst.p99Millis()).isLessThan(400);
    }
}
