package spillway.chaos;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void chaos_keepsTheHouseRules() {
        HouseRules.of("spillway.chaos").check();
    }
}
