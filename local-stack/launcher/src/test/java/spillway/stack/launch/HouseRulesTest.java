package spillway.stack.launch;

import org.junit.jupiter.api.Test;
import spillway.platform.testing.HouseRules;

class HouseRulesTest {

    @Test
    void launcherAndServers_keepTheHouseRules() {
        HouseRules.of("spillway.stack")
                .sleepIsAllowedIn("spillway.stack.process.Pause")
                .check();
    }
}
