package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    private static final long SECOND = 1_000_000_000L;
    private final Throwable refused = new RuntimeException("refused");

    private final Reachability reachability = new Reachability(Duration.ofSeconds(5));

    @Test
    void aTargetThatRefusesForLongEnough_isLost() {
        reachability.refused(0, refused);
        reachability.refused(4 * SECOND, refused);
        assertThat(reachability.isLost()).isFalse();
        assertThat(reachability.trouble()).isEqualTo("refused");

        reachability.refused(5 * SECOND, refused);
        assertThat(reachability.isLost()).isTrue();
    }

    @Test
    void oneAnswerInBetween_startsTheWaitAnew() {
        reachability.refused(0, refused);
        reachability.heard();
        assertThat(reachability.trouble()).isNull();

        reachability.refused(6 * SECOND, refused);
        assertThat(reachability.isLost()).isFalse();
    }

    @Test
    void whatIsLost_staysLost() {
        reachability.refused(0, refused);
        reachability.refused(6 * SECOND, refused);
        reachability.heard();

        assertThat(reachability.isLost()).isTrue();
        assertThat(reachability.trouble()).isEqualTo("refused");
    }
}
