package spillway.gateway.token;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import spillway.platform.security.DevTokenRules;

/**
 * What the gateway issues itself.
 *
 * @param devTokens whether and to whom it issues development tokens; while it does, it believes only those
 */
@Validated
@ConfigurationProperties("spillway.gateway")
record GatewaySettings(@NotNull @Valid @DefaultValue DevTokenRules devTokens) {}
