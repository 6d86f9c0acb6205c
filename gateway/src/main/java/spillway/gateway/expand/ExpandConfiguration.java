package spillway.gateway.expand;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;
import spillway.gateway.route.Bulkhead;
import spillway.gateway.route.Services;
import tools.jackson.databind.json.JsonMapper;

/** Wires expanded reads. */
@Configuration(proxyBeanMethods = false)
class ExpandConfiguration {

    /** On the client that carries all other requests. */
    @Bean
    ExpandedReads expandedReads(
            ExpandRules rules,
            HttpClient http,
            Services services,
            Bulkhead bulkhead,
            JsonMapper json,
            MeterRegistry meters) {
        return new ExpandedReads(new MetricsQuestion(http, services, bulkhead, json), rules.patience(), json, meters);
    }
}
