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
 * @param linger longest that a consumer waits for likes to gather between two windows; it waits less the fewer come, and
 *     not at all when it is behind
 * @param lingerRecords as many records per {@code linger} make a consumer wait all of it; half as many, half of it
 * @param windowRecords most records of a window, reached only by a consumer that is behind; bounds the time a flush holds
 *     Redis, and half of it in one poll counts as being behind
 * @param fetchSize bytes of one partition that a fetch brings at most
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
        @Min(1) @DefaultValue("1000") int lingerRecords,
        @Min(1) @Max(1_000_000) @DefaultValue("50000") int windowRecords,
        @NotNull @DefaultValue("4MB") DataSize fetchSize,
        @Min(1) @DefaultValue("1") int readers,
        @NotNull @DefaultValue("1s") Duration verifyEvery,
        @NotNull @DefaultValue("100ms") Duration backoff,
        @NotNull @DefaultValue("5s") Duration longestBackoff) {}
