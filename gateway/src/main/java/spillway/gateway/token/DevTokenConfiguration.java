package spillway.gateway.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;
import spillway.platform.security.CachingReactiveJwtDecoder;
import spillway.platform.security.DevTokens;
import spillway.platform.security.TokenRules;

/** Switches development tokens on: then the gateway is the issuer and believes its own key alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(DevTokenConfiguration.SWITCH)
class DevTokenConfiguration {

    static final String SWITCH = "spillway.gateway.dev-tokens.enabled";

    @Bean
    DevTokens devTokens(TokenRules rules, GatewaySettings settings) {
        return new DevTokens(rules, settings.devTokens().life(), InstantSource.system());
    }

    /** Finds the key by the token's key id, as the services do: what they would refuse is refused here. */
    @Bean
    ReactiveJwtDecoder devTokenDecoder(DevTokens tokens, TokenRules rules) throws ParseException {
        JWK key = JWKSet.parse(tokens.jwkSet()).getKeys().getFirst();
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(
                        token -> key.getKeyID().equals(token.getHeader().getKeyID()) ? Flux.just(key) : Flux.empty())
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(rules.validator());
        return new CachingReactiveJwtDecoder(decoder, rules.cachedTokens(), InstantSource.system());
    }
}
