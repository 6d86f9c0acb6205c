package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.assertProblem;
import static spillway.gateway.GatewayFixture.bearer;
import static spillway.gateway.GatewayFixture.send;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The defaults, and an issuer that is away. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class DevTokensOffIT {

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void nobodyThere(DynamicPropertyRegistry properties) {
        properties.add("spillway.security.jwk-set-uri", () -> "http://127.0.0.1:" + ClosedPort.find() + "/jwks.json");
    }

    @Test
    void noTokensAreIssued_andNoKeysPublished() {
        assertProblem(send(port, "POST", "/dev/token", "{\"userId\":\"1\"}", asJson()), 404, "not-found");
        assertProblem(send(port, "GET", "/.well-known/jwks.json", "", request -> request), 404, "not-found");
    }

    @Test
    void withoutATokenToSendThemWith_likesAreNotBatched_andSwitchingThatOnIsAConflict() {
        assertThat(send(managementPort, "GET", "/actuator/edgebatching", "", request -> request)
                        .body())
                .isEqualTo("{\"enabled\":true,\"active\":false}");
        assertThat(send(managementPort, "POST", "/actuator/edgebatching", "{\"enabled\":true}", asJson())
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void tokenThatCannotBeChecked_isNeitherBelievedNorCalledBad() {
        assertProblem(
                send(port, "GET", "/v1/posts/7", "", bearer(TestTokens.signedByAnotherKey())), 503, "unavailable");
    }
}
