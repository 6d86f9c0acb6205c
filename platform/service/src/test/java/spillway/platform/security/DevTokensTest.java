package spillway.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import spillway.platform.id.UserId;

class DevTokensTest {

    private static final TokenRules RULES =
            new TokenRules("http://127.0.0.1/jwks.json", "spillway", "spillway", Duration.ZERO, 0);
    private static final UserId USER = new UserId(42);

    private final DevTokens tokens = new DevTokens(RULES, Duration.ofHours(1), Clock.systemUTC());

    @Test
    void issuedToken_isBelieved_forItsUserAndScopes() {
        Caller caller = Caller.of(decoder(tokens)
                .decode(tokens.issue(request(USER, Set.of("ingest"))).token()));

        assertThat(caller.user()).isEqualTo(USER);
        assertThat(caller.scopes()).containsExactly(Caller.INGEST);
    }

    @Test
    void expiresAt_isTheTokensOwnExpiry() {
        DevTokens.Issued issued = tokens.issue(request(USER, null));

        Jwt jwt = decoder(tokens).decode(issued.token());

        assertThat(jwt.getExpiresAt()).isEqualTo(issued.expiresAt());
    }

    @Test
    void tokenOfAnotherInstance_isNotBelieved() {
        String foreign = new DevTokens(RULES, Duration.ofHours(1), Clock.systemUTC())
                .issue(request(USER, null))
                .token();

        assertThatThrownBy(() -> decoder(tokens).decode(foreign)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void tokenPastItsLife_isNotBelieved() {
        DevTokens past = new DevTokens(
                RULES,
                Duration.ofHours(1),
                () -> Instant.now().minus(Duration.ofHours(1)).minusSeconds(1));

        assertThatThrownBy(() ->
                        decoder(past).decode(past.issue(request(USER, null)).token()))
                .hasMessageContaining("expired");
    }

    @Test
    void jwkSet_holdsThePublicHalfOnly() throws ParseException {
        assertThat(JWKSet.parse(tokens.jwkSet()).getKeys()).singleElement().satisfies(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.toRSAKey().toRSAPublicKey()).isEqualTo(tokens.publicKey());
        });
    }

    @Test
    void unknownScope_isRefused() {
        assertThatThrownBy(() -> request(USER, Set.of("emperor"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void missingUser_isRefused() {
        assertThatThrownBy(() -> request(null, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAllowedSources_mayAsk() {
        DevTokenRules rules = new DevTokenRules(true, List.of("127.0.0.0/8", "172.16.0.0/12"), Duration.ofHours(1));

        assertThat(rules.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(rules.allows(InetAddress.ofLiteral("172.18.0.1"))).isTrue();
        assertThat(rules.allows(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
        assertThat(rules.allows(InetAddress.ofLiteral("::1"))).isFalse();
    }

    private static DevTokens.Request request(@Nullable UserId user, @Nullable Set<String> scopes) {
        return new DevTokens.Request(user, scopes);
    }

    private static NimbusJwtDecoder decoder(DevTokens tokens) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(tokens.publicKey())
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(RULES.validator());
        return decoder;
    }
}
