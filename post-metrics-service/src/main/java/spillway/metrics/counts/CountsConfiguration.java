package spillway.metrics.counts;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.util.function.SingletonSupplier;
import spillway.metrics.path.LikePaths;
import spillway.metrics.views.ViewCounts;
import spillway.platform.counters.CountersInUse;
import spillway.platform.events.Topics;
import spillway.platform.pressure.StoreTime;

/** Wires the reading of counts. */
@Configuration(proxyBeanMethods = false)
class CountsConfiguration {

    private static final int KAFKA_MILLIS = 2_000;

    /** Remembers a few seconds: as long as a stall has to last before anybody should act on it. */
    @Bean
    StoreTime redisTime() {
        return new StoreTime(Duration.ofSeconds(3), System::nanoTime);
    }

    @Bean
    LogAndRedis backlogSource(ObjectProvider<Admin> kafka, Topics topics, CountersInUse counters, StoreTime redisTime) {
        return new LogAndRedis(SingletonSupplier.of(kafka::getObject), topics, counters, redisTime);
    }

    @Lazy
    @Bean(destroyMethod = "close")
    Admin backlogAdmin(KafkaAdmin kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.getConfigurationProperties());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, KAFKA_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KAFKA_MILLIS);
        return Admin.create(settings);
    }

    @Bean
    Backlog backlog(LogAndRedis source) {
        return new Backlog(source, System::nanoTime);
    }

    @Bean
    Metrics metrics(CountersInUse counters, LikePaths paths, ViewCounts views, Backlog backlog) {
        return new Metrics(new Counts(counters, paths), views, backlog, Clock.systemUTC(), System::nanoTime);
    }
}
