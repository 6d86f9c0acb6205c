package spillway.gateway.route;

import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Largest bodies of requests, in bytes inclusive.
 *
 * @param single a request that writes one thing
 * @param bulk a request to {@code /v1/likes} or {@code /v1/views}, which carries thousands
 */
@Validated
@ConfigurationProperties("spillway.gateway.max-body")
public record BodyLimits(
        @NotNull @DefaultValue("64KB") DataSize single,
        @NotNull @DefaultValue("1MB") DataSize bulk) {

    private static final Set<String> BULK_PATHS = Set.of("/v1/likes", "/v1/views");

    DataSize of(String path) {
        return BULK_PATHS.contains(path) ? bulk : single;
    }
}
