package spillway.gateway.access;

import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.CacheSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.ContentTypeOptionsSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.FrameOptionsSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.HstsSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.XssProtectionSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import spillway.gateway.problem.Problems;
import spillway.platform.problem.ProblemType;

/** The gate: what is not listed here needs a valid bearer token. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** Pages and descriptions that tell nothing but how to use the API. */
    private static final String[] OPEN_TO_READ = {
        "/",
        "/index.html",
        "/swagger-ui.html",
        "/swagger-ui.js",
        "/swagger-ui/**",
        "/v3/api-docs",
        "/.well-known/jwks.json"
    };

    /** Its own check is the caller's address; the path is served only where development tokens are switched on. */
    private static final String DEV_TOKEN = "/dev/token";

    @Bean
    SecurityWebFilterChain gate(ServerHttpSecurity http, SecureHeaders secureHeaders, Problems problems) {
        ServerAuthenticationEntryPoint unauthenticated = (exchange, e) -> {
            exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge(e));
            return problems.write(
                    exchange, ProblemType.UNAUTHENTICATED.with("The bearer token is missing or not valid."));
        };
        ServerAccessDeniedHandler forbidden = (exchange, e) ->
                problems.write(exchange, ProblemType.FORBIDDEN.with("The token does not allow this request."));
        return http.authorizeExchange(paths -> paths.matchers(EndpointRequest.toAnyEndpoint())
                        .permitAll()
                        .pathMatchers(HttpMethod.GET, OPEN_TO_READ)
                        .permitAll()
                        .pathMatchers(HttpMethod.POST, DEV_TOKEN)
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> {})
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(forbidden))
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .headers(headers -> headers.cache(CacheSpec::disable)
                        .contentTypeOptions(ContentTypeOptionsSpec::disable)
                        .frameOptions(FrameOptionsSpec::disable)
                        .hsts(HstsSpec::disable)
                        .xssProtection(XssProtectionSpec::disable)
                        .writer(secureHeaders))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                // No cookie is ever believed, so there is nothing to forge across sites.
                .csrf(CsrfSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .logout(LogoutSpec::disable)
                .build();
    }

    /** By RFC 6750; what exactly is wrong with a token is its issuer's business, not its bearer's. */
    private static String challenge(AuthenticationException e) {
        return e instanceof InvalidBearerTokenException ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    /** Paths that two parsers could read differently (encoded slashes, dots, semicolons) never reach a route. */
    @Bean
    ServerExchangeRejectedHandler suspiciousRequests(Problems problems) {
        return (exchange, e) ->
                problems.write(exchange, ProblemType.INVALID_REQUEST.with("The path or a header is not well-formed."));
    }
}
