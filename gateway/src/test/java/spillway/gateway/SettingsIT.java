package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Other settings than the shared gateway's, each with a gateway of its own. */
class SettingsIT {

    @Test
    void serviceThatIsNotThere_isUnavailable_forWritesToo() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (ConfigurableApplicationContext gateway = gateway(
                "--spillway.gateway.dev-tokens.enabled=true",
                "--spillway.gateway.metrics-url=http://127.0.0.1:" + closed)) {
            String token = GatewayFixture.json(GatewayFixture.send(
                            port(gateway), "POST", "/dev/token", "{\"userId\":\"1\"}", GatewayFixture.asJson()))
                    .path("token")
                    .stringValue();

            HttpResponse<String> response =
                    GatewayFixture.send(port(gateway), "PUT", "/v1/posts/7/like", "", GatewayFixture.bearer(token));

            GatewayFixture.assertProblem(response, 503, "unavailable");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(response.body()).doesNotContain(Integer.toString(closed)).doesNotContain("127.0.0.1");
        }
    }

    @Test
    void developmentTokens_areForAllowedAddressesOnly() {
        try (ConfigurableApplicationContext gateway = gateway(
                "--spillway.gateway.dev-tokens.enabled=true",
                "--spillway.gateway.dev-tokens.allowed-sources=10.0.0.0/8,192.168.0.0/16")) {
            HttpResponse<String> response = GatewayFixture.send(
                    port(gateway),
                    "POST",
                    "/dev/token",
                    "{\"userId\":\"1\"}",
                    request -> GatewayFixture.asJson().apply(request).header("X-Forwarded-For", "10.0.0.1"));

            GatewayFixture.assertProblem(response, 403, "forbidden");
        }
    }

    @Test
    void developmentTokens_areOffByDefault_andTokensThenCannotBeCheckedWithoutAnIssuer() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (ConfigurableApplicationContext gateway =
                gateway("--spillway.security.jwk-set-uri=http://127.0.0.1:" + closed + "/jwks.json")) {
            HttpResponse<String> token = GatewayFixture.send(
                    port(gateway), "POST", "/dev/token", "{\"userId\":\"1\"}", GatewayFixture.asJson());
            assertThat(token.statusCode()).isEqualTo(404);
            HttpResponse<String> keys =
                    GatewayFixture.send(port(gateway), "GET", "/.well-known/jwks.json", "", request -> request);
            assertThat(keys.statusCode()).isEqualTo(404);
            String unchecked = TestTokens.signedByAnotherKey();
            GatewayFixture.assertProblem(
                    GatewayFixture.send(port(gateway), "GET", "/v1/posts/7", "", GatewayFixture.bearer(unchecked)),
                    503,
                    "unavailable");
        }
    }

    private static ConfigurableApplicationContext gateway(String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "--server.port=0";
        all[1] = "--management.server.port=0";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return new SpringApplicationBuilder(Gateway.class).run(all);
    }

    private static int port(ConfigurableApplicationContext gateway) {
        return java.util.Objects.requireNonNull(((ReactiveWebServerApplicationContext) gateway).getWebServer())
                .getPort();
    }
}
