package spillway.analytics.store;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the store of events. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    EventStore eventStore(ObjectProvider<CqlSessionBuilder> connections, StoreSettings settings) {
        return new EventStore(connections::getObject, settings, InstantSource.system());
    }

    /** Ready once the schema is there: before that no question can be answered. */
    @Bean
    HealthIndicator eventStoreHealthIndicator(EventStore store) {
        return () -> (store.isOpen() ? Health.up() : Health.outOfService()).build();
    }
}
