package spillway.gateway.quota;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where several gateways count together.
 *
 * @param url of the Redis, such as {@code redis://:password@host:6379/0}
 * @param prefix of the keys
 * @param timeout longest that a request waits for Redis; then the gateway's own count decides
 * @param pause after a failure, before Redis is asked again
 */
record SharedRules(
        @NotBlank String url,
        @NotNull @DefaultValue("spillway:quota:") String prefix,
        @NotNull @DefaultValue("25ms") Duration timeout,
        @NotNull @DefaultValue("1s") Duration pause) {

    /** Without the URL, which may hold a password: this ends in logs. */
    @Override
    public String toString() {
        return "SharedRules[prefix=" + prefix + ", timeout=" + timeout + ", pause=" + pause + "]";
    }
}
