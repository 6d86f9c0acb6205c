package spillway.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import spillway.load.run.Snapshot;
import spillway.load.run.Snapshot.Stage;

class ProgressTest {

    @Test
    void halfOfTheTraffic_fillsHalfOfTheBar() {
        assertThat(Progress.line(new Snapshot(Stage.TRAFFIC, 20_000, 40_000, "burst  5 accepted")))
                .isEqualTo("[==========          ]  20 of 40 s  burst  5 accepted");
    }

    @Test
    void tokens_areCountedInUsers() {
        assertThat(Progress.line(new Snapshot(Stage.TOKENS, 3_000, 3_000, "")))
                .isEqualTo("[====================] tokens   3,000 of 3,000 users");
    }

    @Test
    void nothingToDoYet_isAnEmptyBar() {
        assertThat(Progress.line(new Snapshot(Stage.TRAFFIC, 0, 0, ""))).startsWith("[                    ]");
    }
}
