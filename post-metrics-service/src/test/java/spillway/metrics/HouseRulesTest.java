package spillway.metrics;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void postMetricsService_keepsTheHouseRules() {
        HouseRules.of("spillway.metrics").check();
    }
}
