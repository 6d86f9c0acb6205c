package spillway.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import spillway.platform.testing.BoundsPage;

class BoundsTest {

    @Test
    void thePageOfBounds_saysWhatTheCodeDoes() throws IOException {
        assertThat(BoundsPage.find().differences("analytics")).isEmpty();
    }
}
