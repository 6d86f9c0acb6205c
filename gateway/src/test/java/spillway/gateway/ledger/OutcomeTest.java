package spillway.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "LIKE, 202, false, ACCEPTED",
        "READ, 304, false, ACCEPTED",
        "LIKE, 401, false, REJECTED",
        "POST, 422, false, REJECTED",
        "VIEW, 429, true,  SHED",
        "VIEW, 429, false, SHED",
        "LIKE, 503, true,  SHED",
        "LIKE, 503, false, UNKNOWN",
        "LIKE, 504, false, UNKNOWN",
        "READ, 503, false, FAILED",
        "READ, 504, false, FAILED",
        "LIKE, 500, false, FAILED"
    })
    void statusAndRetryAfter_giveTheOutcome(TrafficClass traffic, int status, boolean retryAfter, Outcome expected) {
        assertThat(Outcome.of(traffic, status, retryAfter)).isEqualTo(expected);
    }
}
