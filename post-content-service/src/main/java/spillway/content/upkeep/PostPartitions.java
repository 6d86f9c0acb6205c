package spillway.content.upkeep;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;

/** Makes the partitions of posts before they are needed: at any time there is one for all of the next three months. */
final class PostPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(PostPartitions.class);
    private static final int MONTHS_AHEAD = 3;

    private final Shards shards;
    private final JdbcClient shard;
    private final InstantSource clock;

    PostPartitions(Shards shards, JdbcClient shard, InstantSource clock) {
        this.shards = shards;
        this.shard = shard;
        this.clock = clock;
    }

    void add(int number) {
        LocalDateTime upTo =
                LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).plusMonths(MONTHS_AHEAD);
        int added = shards.write(
                number,
                () -> shard.sql("SELECT add_post_partitions(:upTo)")
                        .param("upTo", upTo)
                        .query(Integer.class)
                        .single());
        if (added > 0) {
            LOG.info("Shard {} has {} more partitions of posts, up to {}", number, added, upTo);
        }
    }
}
