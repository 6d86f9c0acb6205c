package spillway.platform.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Names and shape of Kafka's topics.
 *
 * @param prefix put before every topic's name; empty in production, distinct per test suite
 * @param partitions partitions of every topic; fixed for the life of a deployment, because a like's bucket depends on it:
 *     services refuse to run on a topic with another number
 * @param replicas replication factor; 1 on a laptop, 3 with min.insync.replicas 2 in production
 */
@Validated
@ConfigurationProperties("spillway.topics")
public record Topics(
        @NotNull @DefaultValue("") String prefix,
        @Min(1) @Max(1024) @DefaultValue("8") int partitions,
        @Min(1) @DefaultValue("1") short replicas) {

    /** Likes and unlikes, compacted by (post, user). */
    public String likes() {
        return prefix + "likes";
    }

    /** Shares, compacted by (post, share id). */
    public String shares() {
        return prefix + "shares";
    }

    /** Changes of posts and comments, from the shards' outboxes. */
    public String postEvents() {
        return prefix + "post-events";
    }

    /** Sampled views, for analytics. */
    public String views() {
        return prefix + "views";
    }

    /** Where records go that no consumer can ever apply, with their coordinates in headers. */
    public static String deadLetters(String topic) {
        return topic + "-dlt";
    }
}
