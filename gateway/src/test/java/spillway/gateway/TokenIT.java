package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.platform.id.UserId;
import spillway.platform.security.DevTokens;

class TokenIT extends GatewayFixture {

    @Test
    void issuedToken_opensTheDoor_andIsPassedOn() {
        String token = token();

        assertThat(send("GET", "/v1/posts/7", "", bearer(token)).statusCode()).isEqualTo(200);
        assertThat(CONTENT.seen().getFirst().headers().getFirst("Authorization"))
                .isEqualTo("Bearer " + token);
    }

    @Test
    void issuedToken_saysWhoForWhomAndHowLong() throws ParseException {
        Instant before = Instant.now();
        HttpResponse<String> response =
                send("POST", "/dev/token", "{\"userId\":\"42\",\"scopes\":[\"ingest\"]}", asJson());

        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        JWTClaimsSet claims =
                SignedJWT.parse(json(response).path("token").stringValue()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("42");
        assertThat(claims.getIssuer()).isEqualTo("spillway");
        assertThat(claims.getAudience()).containsExactly("spillway");
        assertThat(claims.getStringClaim("scope")).isEqualTo("ingest");
        Instant expiry = Instant.parse(json(response).path("expiresAt").stringValue());
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(expiry);
        assertThat(expiry)
                .isBetween(before.plus(Duration.ofHours(12)).minusSeconds(2), before.plus(Duration.ofHours(13)));
    }

    @Test
    void publishedKeys_arePublicHalvesAlone() {
        HttpResponse<String> response = send("GET", "/.well-known/jwks.json", "", request -> request);

        assertThat(json(response).path("keys")).hasSize(1);
        assertThat(json(response).path("keys").path(0).propertyNames())
                .contains("n", "e", "kid")
                .doesNotContain("d", "p", "q", "dp", "dq", "qi");
    }

    @Test
    void forgedTokens_areRefused_andNoServiceIsAsked() throws ParseException {
        RSAKey key = publicKey();
        for (String forged : List.of(
                TestTokens.unsigned(),
                TestTokens.signedByAnotherKey(),
                TestTokens.signedByAnotherKey(key.getKeyID()),
                TestTokens.signedByAnotherKey("../../../../dev/null"),
                TestTokens.signedWithThePublicKeyAsSecret(key),
                TestTokens.tampered(token()),
                foreignIssuer().issue(request()).token(),
                "garbage",
                "a.b.c",
                "")) {
            HttpResponse<String> response = send("GET", "/v1/posts/7", "", bearer(forged));

            assertProblem(response, 401, "unauthenticated");
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .get()
                    .asString()
                    .startsWith("Bearer");
        }
        assertThat(CONTENT.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/posts", "/v1/posts/7/like", "/v1/nothing", "/nothing", "/actuator/env", "/webjars/x"})
    void withoutToken_everythingNotListedIsRefused(String path) {
        assertProblem(send("GET", path, "", request -> request), 401, "unauthenticated");
    }

    @Test
    void tokenInTheQuery_isNoToken() {
        assertProblem(
                send("GET", "/v1/posts/7?access_token=" + token(), "", request -> request), 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|application/json|400",
                "{\"userId\":\"0\"}|application/json|400",
                "{\"userId\":\"-1\"}|application/json|400",
                "{\"userId\":\"9223372036854775808\"}|application/json|400",
                "{\"userId\":\"42\",\"scopes\":[\"root\"]}|application/json|400",
                "{\"userId\":\"42\",\"role\":\"root\"}|application/json|400",
                "{\"userId\":\"42\"|application/json|400",
                "[]|application/json|400",
                "{\"userId\":\"42\"}|text/plain|415"
            })
    void badRequestsForTokens_areProblems(String body, String type, int status) {
        HttpResponse<String> response =
                send("POST", "/dev/token", body, request -> request.header("Content-Type", type));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).doesNotContain("spillway.platform");
    }

    private RSAKey publicKey() throws ParseException {
        String keys =
                send("GET", "/.well-known/jwks.json", "", request -> request).body();
        return JWKSet.parse(keys).getKeys().getFirst().toRSAKey();
    }

    private static DevTokens foreignIssuer() {
        return new DevTokens(
                new spillway.platform.security.TokenRules("http://x", "spillway", "spillway", Duration.ZERO, 0),
                Duration.ofHours(1),
                InstantSource.system());
    }

    private static DevTokens.Request request() {
        return new DevTokens.Request(new UserId(42), Set.of());
    }
}
