package spillway.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import reactor.core.publisher.Flux;
import spillway.platform.id.UserId;

/** The key of one run of the gateway: made at its start, never stored, told apart by its thumbprint. Thread-safe. */
final class DevKey {

    private static final int BITS = 2048;

    private final RSAKey key;
    private final NimbusJwtEncoder encoder;

    DevKey() {
        try {
            this.key = new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime cannot make RSA keys", e);
        }
        this.encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)));
    }

    /** A signed token; an empty set of scopes leaves the claim out. */
    String sign(String issuer, String audience, UserId subject, Set<String> scopes, Instant from, Instant until) {
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .issuer(issuer)
                .audience(List.of(audience))
                .subject(subject.toString())
                .issuedAt(from)
                .expiresAt(until);
        if (!scopes.isEmpty()) {
            claims.claim("scope", String.join(" ", scopes));
        }
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256)
                .type("JWT")
                .keyId(key.getKeyID())
                .build();
        return encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue();
    }

    /** This key if the token names it. */
    Flux<JWK> keysFor(SignedJWT token) {
        return key.getKeyID().equals(token.getHeader().getKeyID()) ? Flux.just(key.toPublicJWK()) : Flux.empty();
    }

    /** The public half, as a JSON Web Key Set. */
    Map<String, Object> published() {
        return new JWKSet(key).toPublicJWKSet().toJSONObject();
    }
}
