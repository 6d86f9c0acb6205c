package spillway.content.reshard;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.content.shard.Catalog;
import spillway.content.shard.MovePools;

@Configuration(proxyBeanMethods = false)
class ReshardConfiguration {

    @Bean
    Reshards reshards(Catalog catalog) {
        return new Reshards(catalog.jdbc(), catalog.transaction());
    }

    @Bean
    Targets reshardTargets(MovePools pools) {
        return new Targets(pools);
    }

    @Bean
    ReshardWorker reshardWorker(
            Reshards reshards, Catalog catalog, MovePools pools, ReshardSettings settings, Clock clock) {
        return new ReshardWorker(
                reshards, new CatalogJournal(catalog.jdbc()), new Lease(catalog), pools, settings, clock);
    }
}
