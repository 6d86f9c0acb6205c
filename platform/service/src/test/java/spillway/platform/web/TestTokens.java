package spillway.platform.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Tokens, good and forged, signed with a key made for one test run. */
final class TestTokens {

    private final KeyPair keys = newKeys();

    RSAPublicKey publicKey() {
        return (RSAPublicKey) keys.getPublic();
    }

    String good() {
        return with(claims -> claims);
    }

    String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(change, JWSAlgorithm.RS256, new RSASSASigner(keys.getPrivate()));
    }

    String signedByAnotherKey() {
        return sign(
                claims -> claims, JWSAlgorithm.RS256, new RSASSASigner(newKeys().getPrivate()));
    }

    String withAnotherRsaAlgorithm() {
        return sign(claims -> claims, JWSAlgorithm.RS512, new RSASSASigner(keys.getPrivate()));
    }

    /** RS/HS confusion: the public key, which everybody knows, used as a shared secret. */
    String signedWithThePublicKeyAsSecret() {
        try {
            return sign(
                    claims -> claims,
                    JWSAlgorithm.HS256,
                    new MACSigner(publicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String unsigned() {
        return new PlainJWT(claims().build()).serialize();
    }

    private static String sign(UnaryOperator<JWTClaimsSet.Builder> change, JWSAlgorithm algorithm, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader(algorithm), change.apply(claims()).build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .subject("42")
                .issuer("spillway")
                .audience("spillway")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
