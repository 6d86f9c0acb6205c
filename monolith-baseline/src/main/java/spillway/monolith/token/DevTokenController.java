package spillway.monolith.token;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.DevTokenRules;
import spillway.platform.security.DevTokens;

/** Issues development tokens over HTTP to the allowed sources. */
@RestController
@ConditionalOnBooleanProperty(DevTokenConfiguration.SWITCH)
class DevTokenController {

    static final String TOKEN = "/dev/token";
    static final String KEYS = "/.well-known/jwks.json";

    private final DevTokens tokens;
    private final DevTokenRules rules;

    DevTokenController(DevTokens tokens, MonolithSettings settings) {
        this.tokens = tokens;
        this.rules = settings.devTokens();
    }

    @PostMapping(TOKEN)
    ResponseEntity<DevTokens.Issued> issue(HttpServletRequest peer, @RequestBody DevTokens.Request request) {
        if (!rules.allows(InetAddress.ofLiteral(peer.getRemoteAddr()))) {
            throw new ErrorResponseException(
                    ProblemType.FORBIDDEN.status(),
                    ProblemType.FORBIDDEN.with("Development tokens are not issued to this address."),
                    null);
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens.issue(request));
    }

    @GetMapping(KEYS)
    Map<String, Object> keys() {
        return tokens.jwkSet();
    }
}
