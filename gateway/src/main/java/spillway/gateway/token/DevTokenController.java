package spillway.gateway.token;

import java.net.InetSocketAddress;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.DevTokenRules;
import spillway.platform.security.DevTokens;

/** Issues development tokens over HTTP to the allowed sources and publishes the key that checks them. */
@RestController
@ConditionalOnBooleanProperty(DevTokenConfiguration.SWITCH)
class DevTokenController {

    private final DevTokens tokens;
    private final DevTokenRules rules;

    DevTokenController(DevTokens tokens, GatewaySettings settings) {
        this.tokens = tokens;
        this.rules = settings.devTokens();
    }

    @PostMapping("/dev/token")
    ResponseEntity<DevTokens.Issued> issue(ServerHttpRequest peer, @RequestBody DevTokens.Request request) {
        InetSocketAddress source = peer.getRemoteAddress();
        if (source == null || !rules.allows(source.getAddress())) {
            throw new ErrorResponseException(
                    ProblemType.FORBIDDEN.status(),
                    ProblemType.FORBIDDEN.with("Development tokens are not issued to this address."),
                    null);
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens.issue(request));
    }

    @GetMapping("/.well-known/jwks.json")
    Map<String, Object> keys() {
        return tokens.jwkSet();
    }
}
