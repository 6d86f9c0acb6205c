package spillway.load;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void theLoadGenerator_keepsTheHouseRules() {
        HouseRules.of("spillway.load").check();
    }
}
