package spillway.gateway.expand;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;
import spillway.gateway.route.Bulkhead;
import spillway.gateway.route.Callees;
import tools.jackson.databind.json.JsonMapper;

/** Wires expanded reads. */
@Configuration(proxyBeanMethods = false)
class ExpandConfiguration {

    /** On the client that carries all other requests. */
    @Bean
    ExpandedReads expandedReads(
            ExpandRules rules,
            HttpClient http,
            Callees callees,
            Bulkhead bulkhead,
            JsonMapper json,
            MeterRegistry meters) {
        return new ExpandedReads(
                new MetricsQuestion(http, callees.of(Bulkhead.METRICS), bulkhead, json),
                rules.patience(),
                json,
                meters);
    }
}
