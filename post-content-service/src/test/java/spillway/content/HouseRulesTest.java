package spillway.content;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void productionCode_keepsTheHouseRules() {
        HouseRules.of("spillway.content").check();
    }
}
