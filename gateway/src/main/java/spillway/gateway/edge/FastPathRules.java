package spillway.gateway.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The {@link FastPath}'s configuration.
 *
 * @param enabled whether it is taken after a start
 */
@ConfigurationProperties("spillway.gateway.fast-path")
record FastPathRules(@DefaultValue("true") boolean enabled) {}
