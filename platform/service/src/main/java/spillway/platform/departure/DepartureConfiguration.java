package spillway.platform.departure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wires the departure of every process. */
@AutoConfiguration
@EnableConfigurationProperties(DepartureRules.class)
class DepartureConfiguration {

    @Bean
    Departure departure(DepartureRules rules) {
        return new Departure(rules.notice());
    }
}
