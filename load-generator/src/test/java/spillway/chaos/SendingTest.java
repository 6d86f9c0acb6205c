package spillway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import spillway.load.oracle.Outcome;

class SendingTest {

    @Test
    void onlyAProblemThatSaysSo_hadNoEffect() {
        assertThat(Sending.outcome(503, "urn:spillway:problem:unavailable")).isEqualTo(Outcome.SHED);
        assertThat(Sending.outcome(503, "urn:spillway:problem:outcome-unknown")).isEqualTo(Outcome.UNKNOWN);
        assertThat(Sending.outcome(503, "")).isEqualTo(Outcome.UNKNOWN);
        assertThat(Sending.outcome(500, "urn:spillway:problem:internal")).isEqualTo(Outcome.UNKNOWN);
        assertThat(Sending.outcome(504, "urn:spillway:problem:deadline-exceeded"))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aRightLikeThatIsCalledWrong_isRejected() {
        assertThat(Sending.outcome(404, "urn:spillway:problem:not-found")).isEqualTo(Outcome.REJECTED);
    }
}
