package spillway.gateway.route;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Largest bodies of requests, in bytes inclusive.
 *
 * @param single a request that writes one thing
 * @param bulk a request to {@code /v1/likes}, which carries thousands
 */
@Validated
@ConfigurationProperties("spillway.gateway.max-body")
record BodyLimits(
        @NotNull @DefaultValue("64KB") DataSize single,
        @NotNull @DefaultValue("1MB") DataSize bulk) {

    private static final String BULK_PATH = "/v1/likes";

    DataSize of(String path) {
        return path.equals(BULK_PATH) ? bulk : single;
    }
}
