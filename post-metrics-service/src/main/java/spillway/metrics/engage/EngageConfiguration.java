package spillway.metrics.engage;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.unit.DataSize;
import spillway.metrics.counts.Backlog;
import spillway.metrics.path.LikePaths;
import spillway.metrics.posts.KnownPosts;
import spillway.metrics.receipt.Receipts;
import spillway.platform.events.Topics;
import spillway.platform.problem.PathBodyLimit;

/** Wires likes and shares. */
@Configuration(proxyBeanMethods = false)
class EngageConfiguration {

    /** Room for {@value BulkLikes#MOST} likes with the longest ids. */
    private static final DataSize BULK = DataSize.ofMegabytes(1);

    /** Part of the readiness group as {@code log}. */
    @Bean
    LogShape log(ProducerFactory<byte[], byte[]> producers, Topics topics) {
        return new LogShape(producers, List.of(topics.likes(), topics.shares()), topics.partitions());
    }

    @Bean
    EngagementLog engagementLog(ProducerFactory<byte[], byte[]> producers, Topics topics, LogShape shape) {
        return new EngagementLog(producers, topics, shape, Clock.systemUTC());
    }

    @Bean
    Acceptance acceptance(KnownPosts posts, EngagementLog log, Receipts receipts, Backlog backlog, LikePaths paths) {
        return new Acceptance(posts, log, receipts, backlog, paths);
    }

    @Bean
    BulkLikes bulkLikes(KnownPosts posts, Acceptance acceptance, Receipts receipts, Backlog backlog) {
        return new BulkLikes(posts, acceptance, receipts, backlog);
    }

    @Bean
    ShareIds shareIds() {
        return new ShareIds(new SecureRandom());
    }

    @Bean
    PathBodyLimit bulkBodyLimit() {
        return new PathBodyLimit("/v1/likes", BULK);
    }
}
