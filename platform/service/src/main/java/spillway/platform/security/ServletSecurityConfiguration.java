package spillway.platform.security;

import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import spillway.platform.problem.ProblemType;
import spillway.platform.problem.ProblemWriter;

/** Bearer tokens for MVC services: everything needs one but health, metrics and the API's description. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(TokenRules.class)
class ServletSecurityConfiguration {

    /** Paths without a token; they are served on the service's internal port and not routed by the gateway. */
    private static final String[] OPEN = {
        "/actuator/health/**",
        "/actuator/info",
        "/actuator/prometheus",
        "/actuator/efficacy",
        "/v3/api-docs/**",
        "/pressure"
    };

    /** A timer and a span for each of a dozen security filters would cost more than the filters. */
    @Bean
    @ConditionalOnMissingBean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(TokenRules rules) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(rules.jwkSetUri())
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(rules.validator());
        return new CachingJwtDecoder(decoder, rules.cachedTokens(), Clock.systemUTC());
    }

    /** Last, so that an application can put a chain of its own before it for paths that need no token. */
    @Bean
    @Order
    @ConditionalOnMissingBean(name = "tokenChain")
    SecurityFilterChain tokenChain(HttpSecurity http, ProblemWriter problems) throws Exception {
        BearerTokenAuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
        AuthenticationEntryPoint unauthenticated = (request, response, e) -> {
            challenge.commence(request, response, e);
            problems.write(response, ProblemType.UNAUTHENTICATED.with("The bearer token is missing or not valid."));
        };
        AccessDeniedHandler forbidden = (request, response, e) ->
                problems.write(response, ProblemType.FORBIDDEN.with("The token does not allow this request."));
        return http.authorizeHttpRequests(paths ->
                        paths.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> {})
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(forbidden))
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookie is ever believed, so there is nothing to forge across sites.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    WebMvcConfigurer callerArguments() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }
}
