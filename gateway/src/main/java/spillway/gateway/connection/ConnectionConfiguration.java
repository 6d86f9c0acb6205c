package spillway.gateway.connection;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.early.FirstLook;
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
            List<FirstLook> looks,
            Departure departure,
            MeterRegistry meters) {
        return new Connections(
                rules,
                addresses,
                new BareProblem(secureHeaders, json),
                new AnswerDate(InstantSource.system()),
                looks,
                System::nanoTime,
                departure::isLeaving,
                meters);
    }
}
