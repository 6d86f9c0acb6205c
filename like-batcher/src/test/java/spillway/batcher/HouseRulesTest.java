package spillway.batcher;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void likeBatcher_keepsTheHouseRules() {
        HouseRules.of("spillway.batcher").check();
    }
}
