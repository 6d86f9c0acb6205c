package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class EdgeFailureIT extends EdgeBatchingFixture {

    EdgeFailureIT(@Autowired MeterRegistry meters) {
        super(meters);
    }

    @ParameterizedTest
    @CsvSource({"503, 7", "429, 9"})
    void aBatchThatIsRefused_isUnavailable_untilTheServiceSays(int status, String retryAfter) {
        METRICS.answers(answers(status, Map.of("Retry-After", retryAfter), "{}"));

        HttpResponse<String> response = send("PUT", "/v1/posts/7/like");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue(retryAfter);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413})
    void aBatchThatTheServiceDoesNotUnderstand_isNoCallersFault_andNothingWasDone(int status) {
        METRICS.answers(answers(status, Map.of(), "{}"));

        HttpResponse<String> response = send("PUT", "/v1/posts/7/like");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500|{}",
                "503|{}",
                "200|{}",
                "202|",
                "202|{",
                "202|{\"accepted\":1}",
                "202|{\"accepted\":1,\"receipts\":[null],\"rejected\":[]}",
                "202|{\"accepted\":0,\"receipts\":[null],\"rejected\":[{\"index\":1,\"status\":404}]}",
                "202|{\"accepted\":0,\"receipts\":[null],\"rejected\":[{\"index\":0,\"status\":503,\"detail\":\"?\"}]}"
            })
    void whatDoesNotSayWhatBecameOfALike_isAnUnknownOutcome(int status, String body) {
        METRICS.answers(answers(status, Map.of(), body == null ? "" : body));

        assertUnknown(send("PUT", "/v1/posts/7/like"));
    }

    @Test
    void aLikeThatIsRefusedAlone_tellsWhenToComeBack() {
        METRICS.answers(answers(202, Map.of(), """
                        {"accepted":0,"receipts":[null],"drainEstimatesMillis":[null],"rejected":
                        [{"index":0,"status":503,"type":"urn:spillway:problem:unavailable","detail":"Not now."}]}"""));

        HttpResponse<String> response = send("PUT", "/v1/posts/7/like");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(response).path("detail").stringValue()).isEqualTo("Not now.");
    }

    @Test
    void aBatchWhoseConnectionBreaks_hasAnUnknownOutcome_andIsSentOnce() {
        METRICS.answers(HttpExchange::close);

        assertUnknown(send("PUT", "/v1/posts/7/like"));
        assertThat(METRICS.seen()).hasSize(1);
    }

    @Test
    void aBatchThatIsNotAnsweredInTime_hasAnUnknownOutcome() {
        METRICS.answers(exchange -> {
            try {
                assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        assertUnknown(send("PUT", "/v1/posts/7/like"));
    }

    @Test
    void theBooksBalance_whateverBecomesOfABatch() {
        Map<String, Double> before = books("like");

        together(List.of(
                new Request("PUT", "/v1/posts/7/like", token(2)),
                new Request("DELETE", "/v1/posts/7/like", token(3)),
                new Request("PUT", "/v1/posts/404/like", token(4))));
        METRICS.answers(answers(503, Map.of("Retry-After", "1"), "{}"));
        send("PUT", "/v1/posts/7/like");
        METRICS.answers(HttpExchange::close);
        send("PUT", "/v1/posts/7/like");

        Map<String, Double> after = books("like");
        after.replaceAll((outcome, count) -> count - before.getOrDefault(outcome, 0.0));
        assertThat(after)
                .isEqualTo(Map.of(
                        "offered", 6.0, "accepted", 3.0, "rejected", 1.0, "shed", 1.0, "unknown", 1.0, "failed", 0.0));
    }
}
