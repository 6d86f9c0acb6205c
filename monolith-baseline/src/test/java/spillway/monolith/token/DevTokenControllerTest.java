package spillway.monolith.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;
import spillway.platform.id.UserId;
import spillway.platform.security.DevTokenRules;
import spillway.platform.security.DevTokens;
import spillway.platform.security.TokenRules;

class DevTokenControllerTest {

    private static final DevTokenRules LOOPBACK = new DevTokenRules(true, List.of("127.0.0.0/8"), Duration.ofHours(1));

    private final DevTokenController controller = new DevTokenController(
            new DevTokens(
                    new TokenRules("http://127.0.0.1/jwks.json", "spillway", "spillway", Duration.ZERO, 0),
                    LOOPBACK.life(),
                    Clock.systemUTC()),
            new MonolithSettings(LOOPBACK));

    @Test
    void loopback_getsAToken() {
        assertThat(controller.issue(from("127.0.0.1"), request()).getBody()).isNotNull();
    }

    @Test
    void anotherHost_getsNone() {
        assertThatThrownBy(() -> controller.issue(from("192.0.2.1"), request()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getStatusCode().value()).isEqualTo(403));
    }

    @Test
    void anotherHost_claimingToForwardForLoopback_getsNone() {
        MockHttpServletRequest request = from("192.0.2.1");
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        request.addHeader("Forwarded", "for=127.0.0.1");

        assertThatThrownBy(() -> controller.issue(request, request())).isInstanceOf(ErrorResponseException.class);
    }

    @Test
    void unlessSwitchedOn_thereIsNoEndpoint() {
        new WebApplicationContextRunner()
                .withUserConfiguration(DevTokenConfiguration.class, DevTokenController.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DevTokenController.class));
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }

    private static DevTokens.Request request() {
        return new DevTokens.Request(new UserId(1), null);
    }
}
