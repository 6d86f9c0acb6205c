package spillway.batcher.log;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How a batcher reads and collapses.
 *
 * @param group consumer group, after the topics' prefix; its committed offsets serve lag metrics only
 * @param linger longest that a record waits for more of its batch window; the broker does the waiting, so a window costs
 *     one fetch
 * @param windowSize bytes of records that end a window before its linger does
 * @param windowRecords most records of a window, which bounds the time a flush holds Redis
 * @param readers consumers per family; partitions are divided between them
 * @param verifyEvery how often a partition without traffic compares its watermarks with the stored ones, so that a store
 *     that lost them is refilled although nobody writes
 * @param backoff wait after a failed flush, doubled from failure to failure
 * @param longestBackoff where the doubling ends
 */
@Validated
@ConfigurationProperties("spillway.batcher")
record BatcherRules(
        @NotBlank @DefaultValue("like-batcher") String group,
        @NotNull @DefaultValue("250ms") Duration linger,
        @NotNull @DefaultValue("1MB") DataSize windowSize,
        @Min(1) @Max(100_000) @DefaultValue("20000") int windowRecords,
        @Min(1) @DefaultValue("1") int readers,
        @NotNull @DefaultValue("1s") Duration verifyEvery,
        @NotNull @DefaultValue("100ms") Duration backoff,
        @NotNull @DefaultValue("5s") Duration longestBackoff) {}
