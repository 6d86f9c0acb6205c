package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServiceFailureIT extends GatewayFixture {

    private static final HttpHandler BREAK_OFF = HttpExchange::close;

    @Test
    void writeThatIsNotAnsweredInTime_hasAnUnknownOutcome() {
        METRICS.answers(ServiceFailureIT::sleep);

        HttpResponse<String> response = send("PUT", "/v1/posts/7/like");

        assertProblem(response, 503, "outcome-unknown");
        assertThat(json(response).path("outcome").stringValue()).isEqualTo("unknown");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void readThatIsNotAnsweredInTime_isPastItsDeadline() {
        METRICS.answers(ServiceFailureIT::sleep);

        assertProblem(get("/v1/posts/7/metrics"), 504, "deadline-exceeded");
    }

    @Test
    void writeWhoseConnectionBreaks_hasAnUnknownOutcome_andIsSentOnce() {
        METRICS.answers(BREAK_OFF);

        assertProblem(send("PUT", "/v1/posts/7/like"), 503, "outcome-unknown");
        assertThat(METRICS.seen()).hasSize(1);
    }

    @Test
    void readWhoseConnectionBreaks_isUnavailable() {
        METRICS.answers(BREAK_OFF);

        assertProblem(get("/v1/posts/7/metrics"), 503, "unavailable");
    }

    @Test
    void writeWhoseAnswerBreaksOffBeforeItsBody_hasAnUnknownOutcome() {
        CONTENT.answers(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(201, 100);
            exchange.getResponseBody().flush();
            exchange.close();
        });

        HttpResponse<String> response = send("POST", "/v1/posts");

        assertProblem(response, 503, "outcome-unknown");
        assertThat(response.headers().firstValue("ETag")).isEmpty();
    }

    private static void sleep(HttpExchange exchange) throws IOException {
        try {
            if (new CountDownLatch(1).await(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
