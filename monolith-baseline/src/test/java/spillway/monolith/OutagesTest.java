package spillway.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import spillway.platform.problem.ProblemType;

class OutagesTest {

    private static final String WRITE = "PUT";
    private static final String READ = "GET";

    @Test
    void statementOfAWrite_thatGotNoConnection_isSafeToSendAgain() {
        assertThat(type(answer(WRITE, new SQLTransientConnectionException("timed out"))))
                .isEqualTo(ProblemType.UNAVAILABLE.uri());
    }

    @Test
    void connectionLostDuringAWrite_isUnknown_duringARead_not() {
        SQLException lost = new SQLException("connection reset");

        assertThat(type(answer(WRITE, lost))).isEqualTo(ProblemType.OUTCOME_UNKNOWN.uri());
        assertThat(type(answer(READ, lost))).isEqualTo(ProblemType.UNAVAILABLE.uri());
    }

    @Test
    void everyOutage_saysWhenToComeBack() {
        assertThat(answer(WRITE, new SQLException("connection reset")).getHeaders())
                .satisfies(headers ->
                        assertThat(headers.getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1"));
    }

    private static ResponseEntity<ProblemDetail> answer(String method, SQLException cause) {
        return new Outages()
                .lost(
                        new DataAccessResourceFailureException("no answer", cause),
                        new MockHttpServletRequest(method, "/v1/posts/1/like"));
    }

    private static URI type(ResponseEntity<ProblemDetail> answer) {
        ProblemDetail problem = answer.getBody();
        return Objects.requireNonNull(Objects.requireNonNull(problem).getType());
    }
}
