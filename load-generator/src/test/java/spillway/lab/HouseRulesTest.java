package spillway.lab;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void theLab_keepsTheHouseRules() {
        HouseRules.of("spillway.lab").check();
    }
}
