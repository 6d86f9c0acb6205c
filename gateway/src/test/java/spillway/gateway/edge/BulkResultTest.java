package spillway.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.gateway.edge.LikeReply.Accepted;
import spillway.gateway.edge.LikeReply.Refused;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

class BulkResultTest {

    @Test
    void repliesStandAtTheIndexOfTheirLike() {
        BulkResult result = read("""
                {"accepted":2,"rejected":[{"index":1,"status":404,"type":"urn:spillway:problem:not-found","detail":"Gone."}],
                 "receipts":["r0",null,"r2"],"drainEstimatesMillis":[300,null,302],"new":1}""");

        assertThat(result.replies(3))
                .containsExactly(
                        new Accepted("r0", "accepted", 300),
                        new Refused(ProblemType.NOT_FOUND, "Gone."),
                        new Accepted("r2", "accepted", 302));
    }

    @Test
    void ofALikeThatIsNotMentioned_theOutcomeIsUnknown() {
        BulkResult result = read("{\"accepted\":1,\"rejected\":[],\"receipts\":[\"r0\"]}");

        assertThat(result.replies(2))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Accepted("r0", "accepted", 0)),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Refused.class,
                                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.OUTCOME_UNKNOWN)));
    }

    @ParameterizedTest
    @CsvSource({
        "503, urn:spillway:problem:unavailable,     UNAVAILABLE",
        "503, urn:spillway:problem:outcome-unknown, OUTCOME_UNKNOWN",
        "503, ,                                     OUTCOME_UNKNOWN",
        "503, urn:spillway:problem:brand-new,       OUTCOME_UNKNOWN",
        "404, ,                                     NOT_FOUND",
        "400, urn:spillway:problem:invalid-request, INVALID_REQUEST"
    })
    void aRefusal_isWhatItsTypeSays_andUnknownRatherThanUndone(int status, String type, ProblemType expected) {
        BulkResult.Refusal refusal = new BulkResult.Refusal(0, status, type, "d");

        assertThat(refusal.reply()).isEqualTo(new Refused(expected, "d"));
    }

    private static BulkResult read(String json) {
        return JsonMapper.shared().readValue(json, BulkResult.class);
    }
}
