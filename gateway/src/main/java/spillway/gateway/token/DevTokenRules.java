package spillway.gateway.token;

import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether and to whom the gateway gives tokens. Never for production: whoever asks gets a token for any user.
 *
 * @param enabled off by default; then tokens come from the issuer of {@code spillway.security} alone
 * @param allowedSources blocks of the addresses that may ask, by the connection's own address; loopback by default
 * @param life how long a token is good for
 */
@Validated
@ConfigurationProperties("spillway.gateway.dev-tokens")
record DevTokenRules(
        @DefaultValue("false") boolean enabled,
        @NotNull @DefaultValue({"127.0.0.0/8", "::1/128"}) List<CidrBlock> allowedSources,
        @NotNull @DefaultValue("12h") Duration life) {

    DevTokenRules {
        allowedSources = List.copyOf(allowedSources);
    }

    boolean allows(InetAddress source) {
        return allowedSources.stream().anyMatch(block -> block.contains(source));
    }
}
