package spillway.gateway.token;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import spillway.platform.security.CachingReactiveJwtDecoder;
import spillway.platform.security.TokenRules;

/** Switches development tokens on: then the gateway is its own issuer and believes its own key alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(DevTokenConfiguration.SWITCH)
class DevTokenConfiguration {

    static final String SWITCH = "spillway.gateway.dev-tokens.enabled";

    @Bean
    DevKey devKey() {
        return new DevKey();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ReactiveJwtDecoder devTokenDecoder(DevKey key, TokenRules rules, InstantSource clock) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(key::keysFor)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(rules.validator());
        return new CachingReactiveJwtDecoder(decoder, rules.cachedTokens(), clock);
    }
}
