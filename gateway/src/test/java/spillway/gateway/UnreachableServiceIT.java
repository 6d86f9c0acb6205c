package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.assertProblem;
import static spillway.gateway.GatewayFixture.bearer;
import static spillway.gateway.GatewayFixture.json;
import static spillway.gateway.GatewayFixture.send;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.admission.poll=1h"
        })
class UnreachableServiceIT {

    private static final int CLOSED = ClosedPort.find();
    private static final ResettingService RESETTING = new ResettingService();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void nobodyThere(DynamicPropertyRegistry properties) {
        properties.add("spillway.gateway.content-url", RESETTING::url);
        properties.add("spillway.gateway.metrics-url", () -> "http://127.0.0.1:" + CLOSED);
    }

    @Test
    void serviceThatIsNotThere_isUnavailable_forWritesToo() {
        HttpResponse<String> response = send(port, "PUT", "/v1/posts/7/like", "", bearer(token()));

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.body()).doesNotContain(Integer.toString(CLOSED)).doesNotContain("127.0.0.1");
    }

    @Test
    void writeOnAKeptConnectionThatIsReset_hasAnUnknownOutcome_andIsNotSentAgain() {
        String token = token();
        int sent = 0;
        HttpResponse<String> response;
        do {
            // The first write of a connection is answered. The caller has that answer a moment before the gateway has
            // the
            // connection back, and until then the next write makes another one.
            response = send(port, "DELETE", "/v1/posts/7", "", bearer(token));
            sent++;
        } while (response.statusCode() == 200 && sent < 10);

        assertProblem(response, 503, "outcome-unknown");
        assertThat(sent).isGreaterThan(1);
        assertThat(RESETTING.requests()).isEqualTo(sent);
    }

    private String token() {
        return json(send(port, "POST", "/dev/token", "{\"userId\":\"1\"}", asJson()))
                .path("token")
                .stringValue();
    }
}
