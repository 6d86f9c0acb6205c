package spillway.content.shard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where content is stored and how long a request may wait for it.
 *
 * @param catalogUrl JDBC URL of the catalog: shard map and id ranges
 * @param shardUrls JDBC URLs of the shards, the position is the shard's number; more than the shard map uses is fine, fewer
 *     stops the start
 * @param firstShards how many of them a new shard map uses; more are for a reshard to grow into
 * @param poolSize connections per shard and instance, one of which the outbox relay may hold
 * @param connectionWait longest wait for a connection of a pool, at least 250 ms
 * @param connectTimeout longest wait for a database to take a new connection, whole seconds
 * @param statementTimeout longest run of one statement, after which the database cancels it
 * @param lockTimeout longest wait of a statement for a lock
 * @param idleInTransactionTimeout longest silence inside a transaction; longer than the relay waits for Kafka
 * @param socketTimeout longest silence of a database during a statement, whole seconds, longer than statementTimeout
 * @param scatterDeadline longest wait for the slowest shard when all are asked; the answer then goes without it
 * @param startTimeout how long a start waits for the catalog before it gives up
 * @param reopenDelay pause between attempts to reach a shard that was missing at the start
 */
@Validated
@ConfigurationProperties("spillway.content")
record Databases(
        @NotBlank @DefaultValue("jdbc:postgresql://127.0.0.1:15432/catalog")
        String catalogUrl,

        @NotEmpty @DefaultValue({
            "jdbc:postgresql://127.0.0.1:15432/shard_0",
            "jdbc:postgresql://127.0.0.1:15432/shard_1",
            "jdbc:postgresql://127.0.0.1:15432/shard_2",
            "jdbc:postgresql://127.0.0.1:15432/shard_3",
            "jdbc:postgresql://127.0.0.1:15433/shard_4",
            "jdbc:postgresql://127.0.0.1:15433/shard_5",
            "jdbc:postgresql://127.0.0.1:15433/shard_6",
            "jdbc:postgresql://127.0.0.1:15433/shard_7"
        })
        List<@NotBlank String> shardUrls,

        @Min(1) @Max(4096) @DefaultValue("8") int firstShards,
        @Min(2) @Max(100) @DefaultValue("8") int poolSize,
        @NotNull @DefaultValue("1s") Duration connectionWait,
        @NotNull @DefaultValue("2s") Duration connectTimeout,
        @NotNull @DefaultValue("3s") Duration statementTimeout,
        @NotNull @DefaultValue("1s") Duration lockTimeout,
        @NotNull @DefaultValue("30s") Duration idleInTransactionTimeout,
        @NotNull @DefaultValue("5s") Duration socketTimeout,
        @NotNull @DefaultValue("1s") Duration scatterDeadline,
        @NotNull @DefaultValue("60s") Duration startTimeout,
        @NotNull @DefaultValue("2s") Duration reopenDelay) {

    Databases {
        shardUrls = List.copyOf(shardUrls);
    }
}
