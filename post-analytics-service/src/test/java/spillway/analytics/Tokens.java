package spillway.analytics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import spillway.platform.id.UserId;
import spillway.platform.security.DevTokens;
import spillway.platform.security.TokenRules;

/** Tokens the application under test believes. */
@TestConfiguration(proxyBeanMethods = false)
class Tokens {

    @Bean
    DevTokens issuer(TokenRules rules) {
        return new DevTokens(rules, Duration.ofMinutes(30), InstantSource.system());
    }

    @Bean
    JwtDecoder jwtDecoder(DevTokens issuer, TokenRules rules) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withPublicKey(issuer.publicKey()).build();
        decoder.setJwtValidator(rules.validator());
        return decoder;
    }

    static String good(DevTokens issuer) {
        return issuer.issue(new DevTokens.Request(new UserId(42), Set.of())).token();
    }
}
