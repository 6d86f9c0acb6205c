package spillway.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.gateway.edge.Reply.Accepted;
import spillway.gateway.edge.Reply.Refused;
import spillway.gateway.edge.Reply.Taken;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

class BulkResultTest {

    @Test
    void repliesStandAtTheIndexOfTheirWrite() {
        BulkResult result = likes("""
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
        BulkResult result = likes("{\"accepted\":1,\"rejected\":[],\"receipts\":[\"r0\"]}");

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
        Refusal refusal = new Refusal(0, status, type, "d");

        assertThat(refusal.reply()).isEqualTo(new Refused(expected, "d"));
    }

    @Test
    void viewsThatAreNotRejected_wereTaken_ifTheNumbersAddUp() {
        BulkResult result = views("""
                {"accepted":2,"rejected":[{"index":1,"status":404,"type":"urn:spillway:problem:not-found","detail":"Gone."}]}""");

        assertThat(result.replies(3))
                .containsExactly(new Taken(), new Refused(ProblemType.NOT_FOUND, "Gone."), new Taken());
        assertThat(views("{\"accepted\":2}").replies(2)).containsExactly(new Taken(), new Taken());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void whereTheNumbersDoNotAddUp_theOutcomeOfViewsIsUnknown_butOfThoseRejected(int accepted) {
        BulkResult result = views("{\"accepted\":%d,\"rejected\":[{\"index\":1,\"status\":404,\"detail\":\"Gone.\"}]}"
                .formatted(accepted));

        assertThat(result.replies(3))
                .containsExactly(Refused.UNMENTIONED, new Refused(ProblemType.NOT_FOUND, "Gone."), Refused.UNMENTIONED);
    }

    private static BulkResult likes(String json) {
        return JsonMapper.shared().readValue(json, LikesResult.class);
    }

    private static BulkResult views(String json) {
        return JsonMapper.shared().readValue(json, ViewsResult.class);
    }
}
