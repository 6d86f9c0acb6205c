package spillway.analytics.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where and how long events are kept.
 *
 * @param keyspace created when missing
 * @param replicationFactor copies of each row when the keyspace is created; 1 on a laptop, 3 in production
 * @param retention how long after its time an event is readable; at most 45 days, because files are kept apart per day
 *     and Cassandra does best with fewer than 50 of them
 */
@Validated
@ConfigurationProperties("spillway.analytics")
public record StoreSettings(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,47}") @DefaultValue("spillway")
        String keyspace,

        @Min(1) @Max(10) @DefaultValue("1") int replicationFactor,

        @NotNull @DurationMin(hours = 1) @DurationMax(days = 45) @DefaultValue("30d")
        Duration retention) {}
