package spillway.platform.security;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.validation.annotation.Validated;
import spillway.platform.id.UserId;

/**
 * Which tokens are believed: signed with RS256 by a key of the given set, for this issuer and audience, in their time,
 * with a user id as subject.
 *
 * @param jwkSetUri where the public keys are; read on first use and again when an unknown key id appears
 * @param issuer required {@code iss}
 * @param audience required among {@code aud}
 * @param clockSkew tolerated difference of clocks for {@code exp} and {@code nbf}, at most a minute is sensible
 * @param cachedTokens how many checked tokens are remembered until they expire, so that a signature is verified once per
 *     token and not once per request; 0 checks each time
 */
@Validated
@ConfigurationProperties("spillway.security")
public record TokenRules(
        @NotBlank @DefaultValue("http://127.0.0.1:8080/.well-known/jwks.json")
        String jwkSetUri,

        @NotBlank @DefaultValue("spillway") String issuer,
        @NotBlank @DefaultValue("spillway") String audience,
        @NotNull @DefaultValue("30s") Duration clockSkew,
        @Min(0) @DefaultValue("20000") int cachedTokens) {

    /** Everything but the signature. */
    public OAuth2TokenValidator<Jwt> validator() {
        return new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(clockSkew),
                new JwtIssuerValidator(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(audience)),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, TokenRules::isUserId));
    }

    private static boolean isUserId(String subject) {
        if (subject == null) {
            return false;
        }
        try {
            UserId.parse(subject);
            return true;
        } catch (IllegalArgumentException notAUser) {
            return false;
        }
    }
}
