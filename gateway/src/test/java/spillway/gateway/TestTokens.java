package spillway.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Tokens that nobody issued. */
final class TestTokens {

    private static final RSAKey FOREIGN = newKey();

    private TestTokens() {}

    static String unsigned() {
        return new PlainJWT(claims()).serialize();
    }

    static String signedByAnotherKey() {
        return signedByAnotherKey("of-another-issuer");
    }

    /** With the key id of a key that is believed, or of anything else. */
    static String signedByAnotherKey(String keyId) {
        try {
            return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), new RSASSASigner(FOREIGN));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RS/HS confusion: the public key, which everybody knows, used as a shared secret. */
    static String signedWithThePublicKeyAsSecret(RSAKey publicKey) {
        try {
            return sign(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(publicKey.getKeyID())
                            .build(),
                    new MACSigner(publicKey.toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token with its subject changed and its signature kept. */
    static String tampered(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet other =
                    new JWTClaimsSet.Builder(jwt.getJWTClaimsSet()).subject("1").build();
            return jwt.getHeader().toBase64URL() + "." + other.toPayload().toBase64URL() + "." + jwt.getSignature();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(JWSHeader header, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .subject("42")
                .issuer("spillway")
                .audience("spillway")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
                .build();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
