package spillway.gateway.token;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.id.UserId;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;
import spillway.platform.security.TokenRules;

/** Gives development tokens and publishes the key that checks them. */
@RestController
@ConditionalOnBooleanProperty(DevTokenConfiguration.SWITCH)
class DevTokens {

    private static final Set<String> SCOPES = Set.of(Caller.INGEST);

    private final DevKey key;
    private final DevTokenRules rules;
    private final TokenRules tokens;
    private final InstantSource clock;

    DevTokens(DevKey key, DevTokenRules rules, TokenRules tokens, InstantSource clock) {
        this.key = key;
        this.rules = rules;
        this.tokens = tokens;
        this.clock = clock;
    }

    @PostMapping("/dev/token")
    ResponseEntity<Issued> issue(@Valid @RequestBody Wanted wanted, ServerHttpRequest request) {
        InetSocketAddress source = request.getRemoteAddress();
        if (source == null || !rules.allows(source.getAddress())) {
            throw refused(ProblemType.FORBIDDEN, "Development tokens are not for this address.");
        }
        if (!SCOPES.containsAll(wanted.scopes())) {
            throw refused(ProblemType.INVALID_REQUEST, "The only scope is " + Caller.INGEST + ".");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiry = now.plus(rules.life());
        String token = key.sign(tokens.issuer(), tokens.audience(), wanted.userId(), wanted.scopes(), now, expiry);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Issued(token, expiry));
    }

    @GetMapping("/.well-known/jwks.json")
    Map<String, Object> keys() {
        return key.published();
    }

    private static ErrorResponseException refused(ProblemType type, String detail) {
        return new ErrorResponseException(type.status(), type.with(detail), null);
    }

    /**
     * Whose token is wanted.
     *
     * @param userId the token's subject
     * @param scopes what it allows besides acting as that user; null is none
     */
    record Wanted(@NotNull UserId userId, @Nullable Set<String> scopes) {

        @Override
        public Set<String> scopes() {
            return scopes == null ? Set.of() : new TreeSet<>(scopes);
        }
    }

    /**
     * A token.
     *
     * @param token in JWS compact form
     * @param expiresAt when it ends
     */
    record Issued(String token, Instant expiresAt) {}
}
