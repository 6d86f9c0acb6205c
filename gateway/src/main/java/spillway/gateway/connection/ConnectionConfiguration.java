package spillway.gateway.connection;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.quota.Addresses;
import spillway.platform.departure.Departure;
import tools.jackson.databind.json.JsonMapper;

/** Wires the bounds of connections. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    Connections connections(
            ConnectionRules rules,
            Addresses addresses,
            SecureHeaders secureHeaders,
            JsonMapper json,
            Departure departure,
            MeterRegistry meters) {
        return new Connections(
                rules,
                addresses,
                new BareProblem(secureHeaders, json),
                new AnswerDate(InstantSource.system()),
                System::nanoTime,
                departure::isLeaving,
                meters);
    }
}
