package spillway.monolith.token;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import spillway.platform.security.CachingJwtDecoder;
import spillway.platform.security.DevTokens;
import spillway.platform.security.TokenRules;

/** Wires development tokens, when they are switched on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(DevTokenConfiguration.SWITCH)
@EnableConfigurationProperties(MonolithSettings.class)
class DevTokenConfiguration {

    static final String SWITCH = "spillway.monolith.dev-tokens.enabled";

    @Bean
    DevTokens devTokens(TokenRules rules, MonolithSettings settings, Clock clock) {
        return new DevTokens(rules, settings.devTokens().life(), clock);
    }

    @Bean
    JwtDecoder jwtDecoder(DevTokens tokens, TokenRules rules, Clock clock) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(tokens.publicKey())
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(rules.validator());
        return new CachingJwtDecoder(decoder, rules.cachedTokens(), clock);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain openPaths(HttpSecurity http) throws Exception {
        return http.securityMatcher(DevTokenController.TOKEN, DevTokenController.KEYS)
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
