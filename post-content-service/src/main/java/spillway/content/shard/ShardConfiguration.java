package spillway.content.shard;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ShardConfiguration {

    private static final Duration OWNER_SEARCH = Duration.ofSeconds(2);

    @Bean
    Pools pools(Databases databases, PostgresLogin login, MeterRegistry meters) {
        return new Pools(databases, login, meters);
    }

    @Bean
    Catalog catalog(Databases databases, Pools pools) {
        return new Catalog(databases.catalogUrl(), pools.pool("catalog", databases.catalogUrl()));
    }

    @Bean
    ShardSet shardSet(Databases databases, BreakerRules rules, Pools pools, Clock clock, MeterRegistry meters) {
        List<String> urls = databases.shardUrls();
        return new ShardSet(IntStream.range(0, urls.size())
                .mapToObj(n -> new Shard(n, urls.get(n), pools.pool("shard-" + n, urls.get(n)), rules, clock, meters))
                .toList());
    }

    /** The one data source that JPA and the outbox know. */
    @Bean
    DataSource dataSource(ShardSet shards) {
        return new RoutingDataSource(shards.all());
    }

    @Bean
    Fence fence(JdbcTemplate jdbc) {
        return new PostgresFence(jdbc);
    }

    @Bean
    MovePools movePools(ShardSet shards, Pools pools) {
        return new MovePools(shards.all(), pools);
    }

    @Bean
    MirrorLog mirrorLog(JdbcClient jdbc) {
        return new MirrorLog(jdbc);
    }

    /** A handover keeps a slot's writers out for some tens of milliseconds; what takes much longer is an outage. */
    @Bean
    OwnerSearch ownerSearch(Catalog catalog) {
        return new OwnerSearch(new Routes(), catalog, OWNER_SEARCH);
    }

    @Bean
    MapWatch mapWatch(OwnerSearch search) {
        return new MapWatch(search);
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService scatterExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("scatter-", 0).factory());
    }

    @Bean
    CommitTimes commitTimes(ShardSet set) {
        return new CommitTimes(set.all().size());
    }

    @Bean
    ShardPressure shardPressure(ShardSet set, OwnerSearch search, CommitTimes times) {
        return new ShardPressure(set.all(), search, times);
    }

    @Bean
    Shards shards(
            ShardSet set,
            PlatformTransactionManager transactions,
            EntityManager entities,
            CommitTimes times,
            Fence fence,
            MirrorLog mirror,
            OwnerSearch search,
            ExecutorService scatterExecutor,
            Databases databases) {
        TransactionTemplate reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        return new Shards(
                set.all().stream().map(Shard::number).toList(),
                new Transactions(new TransactionTemplate(transactions), reading, entities, times),
                fence,
                mirror,
                search,
                scatterExecutor,
                databases.scatterDeadline());
    }

    @Bean
    ShardStartup shardStartup(
            Catalog catalog, ShardSet all, OwnerSearch search, PostgresLogin login, Databases databases) {
        Migrations migrations = new Migrations(login, databases.connectTimeout());
        return new ShardStartup(catalog, all.all(), search, migrations, databases);
    }
}
