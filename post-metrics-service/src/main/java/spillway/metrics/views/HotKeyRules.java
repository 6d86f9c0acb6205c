package spillway.metrics.views;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a post's views are split.
 *
 * @param splitAbove writes per second to a post's key, by all instances, from which on it is split; it is merged when they
 *     fall below half of that for a window. A write is what Redis has to do: one per flush, and one per viewer in it
 * @param subKeys that a split post gets; a multiple of 4 reaches all quarters of a cluster's slots
 * @param posts that are watched and may be split at once: those to which this instance writes most
 * @param window over which writes are counted
 * @param lookEvery how often this instance looks at the posts it watches
 */
@Validated
@ConfigurationProperties("spillway.metrics.views.hot")
record HotKeyRules(
        @Min(1) @DefaultValue("20000") long splitAbove,
        @Min(2) @Max(Split.MOST_SUB_KEYS) @DefaultValue("8") int subKeys,
        @Min(1) @Max(1_000) @DefaultValue("32") int posts,
        @NotNull @DefaultValue("10s") Duration window,
        @NotNull @DefaultValue("1s") Duration lookEvery) {}
