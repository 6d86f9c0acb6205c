package spillway.gateway;

import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.assertProblem;
import static spillway.gateway.GatewayFixture.send;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.dev-tokens.allowed-sources=10.0.0.0/8,192.168.0.0/16"
        })
class DevTokenSourcesIT {

    @LocalServerPort
    private int port;

    @Test
    void addressThatIsNotAllowed_getsNoToken_whateverItSaysOfItself() {
        assertProblem(
                send(
                        port,
                        "POST",
                        "/dev/token",
                        "{\"userId\":\"1\"}",
                        request -> asJson().apply(request)
                                .header("X-Forwarded-For", "10.0.0.1")
                                .header("Forwarded", "for=10.0.0.1")),
                403,
                "forbidden");
    }
}
