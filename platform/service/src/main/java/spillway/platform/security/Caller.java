package spillway.platform.security;

import java.util.Arrays;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;
import spillway.platform.id.UserId;

/**
 * Who sent the request: the token's subject and nobody else (invariant I9). Controllers take it as a parameter.
 *
 * @param user the token's subject
 * @param scopes what the token allows besides acting as that user
 * @param token the bearer token itself, to be passed on to another service
 */
public record Caller(UserId user, Set<String> scopes, String token) {

    /** Scope of trusted edges that may send many users' likes in one request. */
    public static final String INGEST = "ingest";

    /** Scope of operators, for paths that the gateway does not lead to. */
    public static final String ADMIN = "admin";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** @param jwt one that passed {@link TokenRules#validator()} */
    public static Caller of(Jwt jwt) {
        String scope = jwt.getClaimAsString("scope");
        Set<String> scopes = scope == null || scope.isBlank()
                ? Set.of()
                : Set.copyOf(Arrays.asList(scope.trim().split(" +")));
        return new Caller(UserId.parse(String.valueOf(jwt.getSubject())), scopes, jwt.getTokenValue());
    }

    /** Without the token: this ends in logs. */
    @Override
    public String toString() {
        return "Caller[user=" + user + ", scopes=" + scopes + "]";
    }
}
