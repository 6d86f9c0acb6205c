package spillway.platform.security;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.util.matcher.InetAddressMatchers;

/**
 * Whether and to whom an application issues {@link DevTokens}; a component of its own properties.
 *
 * @param enabled off unless switched on: whoever reaches the endpoint can act as anybody
 * @param allowedSources addresses or CIDR blocks of the peers that may ask; forwarding headers are not believed
 * @param life of a token
 */
public record DevTokenRules(
        @DefaultValue("false") boolean enabled,
        @NotEmpty @DefaultValue({"127.0.0.0/8", "::1"}) List<String> allowedSources,
        @NotNull @DefaultValue("12h") Duration life) {

    public DevTokenRules {
        allowedSources = List.copyOf(allowedSources);
    }

    public boolean allows(InetAddress source) {
        return InetAddressMatchers.builder()
                .includeAddresses(allowedSources)
                .build()
                .matches(source);
    }
}
