package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.load.oracle.Outcome;

class AnswerTest {

    @ParameterizedTest
    @CsvSource({
        "200, ACCEPTED",
        "202, ACCEPTED",
        "304, ACCEPTED",
        "400, REJECTED",
        "401, REJECTED",
        "404, REJECTED",
        "409, SHED",
        "422, REJECTED",
        "429, SHED",
        "500, FAILED",
        "502, UNKNOWN",
        "503, FAILED",
        "504, UNKNOWN"
    })
    void aStatus_tellsTheOutcome(int status, Outcome outcome) {
        assertThat(answer(status, "").outcome()).isEqualTo(outcome);
    }

    @Test
    void a503Problem_isShedUnlessItSaysUnknown() {
        assertThat(answer(503, "{\"type\":\"urn:spillway:problem:unavailable\"}")
                        .outcome())
                .isEqualTo(Outcome.SHED);
        assertThat(answer(503, "{\"type\":\"urn:spillway:problem:outcome-unknown\",\"outcome\":\"unknown\"}")
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aViewThatAnotherStandsFor_isShed() {
        assertThat(answer(202, "{\"status\":\"sampled\"}").outcome()).isEqualTo(Outcome.SHED);
        assertThat(answer(202, "{\"status\":\"coalesced\"}").outcome()).isEqualTo(Outcome.SHED);
        assertThat(answer(202, "{\"status\":\"accepted\"}").outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aRequestThatWasNeverSent_failed() {
        assertThat(Api.outcomeOf(new NeverSent(new RuntimeException("refused"))))
                .isEqualTo(Outcome.FAILED);
        assertThat(Api.outcomeOf(new RuntimeException("connection was closed"))).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void theAskedPause_isBounded() {
        assertThat(Answer.of(429, "2", Buffer.buffer()).pause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(Answer.of(429, "86400", Buffer.buffer()).pause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Answer.of(429, "Wed, 21 Oct 2026 07:28:00 GMT", Buffer.buffer())
                        .pause())
                .isNull();
        assertThat(Answer.of(429, null, Buffer.buffer()).pause()).isNull();
    }

    @Test
    void aBodyThatIsNoJson_holdsNothing() {
        assertThat(answer(200, "<html>").json().path("id").asString("")).isEmpty();
        assertThat(answer(200, "").json().path("id").asString("")).isEmpty();
    }

    private static Answer answer(int status, String body) {
        return Answer.of(status, null, Buffer.buffer(body));
    }
}
