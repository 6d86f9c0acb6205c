package spillway.gateway.admission;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Every threshold of admission.
 *
 * @param enabled whether it decides after a start; without it only the fixed bounds do
 * @param limits of requests under way
 * @param shares which part of a lane's limit each class may fill
 * @param goals what each signal may be before it raises the level
 * @param ladder at which level which measure is taken
 * @param poll time from one question for pressure to the next, per service
 * @param forget age at which a service's last answer counts for nothing
 * @param tick time from one correction of the level to the next
 */
@Validated
@ConfigurationProperties("spillway.gateway.admission")
record AdmissionRules(
        @DefaultValue("true") boolean enabled,
        @NotNull @Valid @DefaultValue Limits limits,
        @NotNull @Valid @DefaultValue Shares shares,
        @NotNull @Valid @DefaultValue Goals goals,
        @NotNull @Valid @DefaultValue Ladder ladder,
        @NotNull @DefaultValue("200ms") Duration poll,
        @NotNull @DefaultValue("2s") Duration forget,
        @NotNull @DefaultValue("100ms") Duration tick) {

    /**
     * @param least a lane's limit never goes below, so that there is always somebody to measure
     * @param most of requests passed on one by one to a service; should equal {@code spillway.gateway.in-flight}
     * @param mostInBatches of likes and views that wait for their batch and its answer; above what a queue may hold
     */
    record Limits(
            @Min(1) @DefaultValue("20") int least,
            @Min(1) @DefaultValue("200") int most,
            @Min(1) @DefaultValue("12000") int mostInBatches) {}

    /**
     * Nested: what views may fill, likes may too. Of one lane's limit each, 0 to 1, and above for posts.
     *
     * @param views and impressions
     * @param likes and shares
     * @param comments so that some is left to posts alone
     * @param posts past the limit, which goes by all: a few that come at once are not refused for it
     * @param reads what writes leave to them, and they to writes, while both want more
     */
    record Shares(
            @DecimalMin("0.1") @DecimalMax("1") @DefaultValue("0.6")
            double views,

            @DecimalMin("0.1") @DecimalMax("1") @DefaultValue("0.8")
            double likes,

            @DecimalMin("0.1") @DecimalMax("1") @DefaultValue("0.9")
            double comments,

            @DecimalMin("1") @DecimalMax("5") @DefaultValue("2")
            double posts,

            @DecimalMin("0.1") @DecimalMax("0.9") @DefaultValue("0.3")
            double reads) {

        Shares {
            if (views > likes || likes > comments) {
                throw new IllegalArgumentException("shares must grow from views over likes to comments: %s, %s, %s"
                        .formatted(views, likes, comments));
            }
        }
    }

    /**
     * A signal at its goal neither raises nor lowers the level.
     *
     * @param producerBuffer fill of the log's buffer in post-metrics-service, 0 to 1
     * @param oldestLike age of the oldest accepted like that is not counted yet
     * @param store time that the counters' store takes
     * @param refused share of the requests that the limit of post-metrics-service's lanes refuses
     * @param crowded share of the posts that find the lane of their service nearly full; what comments and reads may fill of
     *     it shrinks above
     * @param posts time that an accepted post takes in all, the median; as {@code crowded} above
     * @param critical time that an accepted post or comment takes without the time in its store, the median
     */
    record Goals(
            @DecimalMin("0.01") @DecimalMax("1") @DefaultValue("0.5")
            double producerBuffer,

            @NotNull @DefaultValue("10s") Duration oldestLike,
            @NotNull @DefaultValue("1s") Duration store,

            @DecimalMin("0.01") @DecimalMax("1") @DefaultValue("0.1")
            double refused,

            @DecimalMin("0.01") @DecimalMax("1") @DefaultValue("0.1")
            double crowded,

            @NotNull @DefaultValue("45ms") Duration posts,
            @NotNull @DefaultValue("40ms") Duration critical) {}

    /**
     * Levels are from 0 to 3: likes and reads are refused from 1 on, comments from 2, each completely one level later.
     *
     * @param coalesce level from which repeated views are coalesced, below 1
     * @param sample level from which views are sampled, from {@code coalesce} to below 1
     * @param mostWeight of a view that stands for others, reached at level 1
     * @param repeat within which a view by the same user on the same post repeats another
     * @param remembered views kept to find repetitions
     */
    record Ladder(
            @DecimalMin("0") @DecimalMax("0.9") @DefaultValue("0.1")
            double coalesce,

            @DecimalMin("0") @DecimalMax("0.9") @DefaultValue("0.25")
            double sample,

            @Min(1) @Max(16) @DefaultValue("10") int mostWeight,
            @NotNull @DefaultValue("5s") Duration repeat,
            @Min(1) @Max(1_000_000) @DefaultValue("100000") int remembered) {

        Ladder {
            if (coalesce > sample) {
                throw new IllegalArgumentException(
                        "repeated views are coalesced before views are sampled: " + coalesce + ", " + sample);
            }
        }
    }
}
