package spillway.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.UserId;

/**
 * Issues tokens to whoever asks, for development: signed with RS256 by a 2,048-bit key that is made with the instance
 * and never leaves it, so a token dies with the process that issued it. Thread-safe.
 */
public final class DevTokens {

    private static final int KEY_BITS = 2048;

    private final TokenRules rules;
    private final Duration life;
    private final InstantSource clock;
    private final RSAKey key;
    private final JWSSigner signer;

    /**
     * @param rules whose issuer and audience the tokens name
     * @param life from issue to expiry
     */
    public DevTokens(TokenRules rules, Duration life, InstantSource clock) {
        this.rules = rules;
        this.life = life;
        this.clock = clock;
        try {
            this.key = new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
            this.signer = new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make an RSA key", e);
        }
    }

    public Issued issue(Request request) {
        // Claims carry whole seconds: the answer must not promise the fraction they lose.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiry = now.plus(life);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(rules.issuer())
                .audience(rules.audience())
                .subject(request.userId().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiry));
        if (!request.scopes().isEmpty()) {
            claims.claim("scope", String.join(" ", request.scopes()));
        }
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with the key made at start", e);
        }
        return new Issued(jwt.serialize(), expiry);
    }

    /** The public half as a JWK set, ready to be written as JSON. */
    public Map<String, Object> jwkSet() {
        return new JWKSet(key.toPublicJWK()).toJSONObject();
    }

    /** The public half, for the decoder of the process that issues. */
    public RSAPublicKey publicKey() {
        try {
            return key.toRSAPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("the key made at start is no RSA key", e);
        }
    }

    /**
     * What a client asks for.
     *
     * @param userId who the token is to speak for
     * @param scopes among {@link Caller#INGEST} and {@link Caller#ADMIN}; none when absent
     */
    public record Request(UserId userId, Set<String> scopes) {

        private static final Set<String> KNOWN = Set.of(Caller.INGEST, Caller.ADMIN);

        public Request(@Nullable UserId userId, @Nullable Set<String> scopes) {
            if (userId == null) {
                throw new IllegalArgumentException("userId is missing");
            }
            this.userId = userId;
            this.scopes = scopes == null ? Set.of() : Set.copyOf(scopes);
            if (!KNOWN.containsAll(this.scopes)) {
                throw new IllegalArgumentException("scopes must be among " + new TreeSet<>(KNOWN));
            }
        }
    }

    /** A token and when it expires. */
    public record Issued(String token, Instant expiresAt) {

        /** Without the token: this ends in logs. */
        @Override
        public String toString() {
            return "Issued[expiresAt=" + expiresAt + "]";
        }
    }
}
