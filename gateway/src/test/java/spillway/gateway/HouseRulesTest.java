package spillway.gateway;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void theModule_keepsTheHouseRules() {
        HouseRules.of("spillway.gateway").check();
    }
}
