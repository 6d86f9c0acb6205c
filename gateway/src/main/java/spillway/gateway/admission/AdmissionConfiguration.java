package spillway.gateway.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.ledger.Books;
import spillway.gateway.route.Callees;
import spillway.gateway.shed.ShedLedger;
import tools.jackson.databind.json.JsonMapper;

/** Wires admission. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {

    @Bean
    Admission admission(AdmissionRules rules, MeterRegistry meters) {
        Admission admission = new Admission(rules, Limits::adaptive, System::nanoTime, ThreadLocalRandom::current);
        Gauge.builder("spillway.gateway.admission.level", admission, Admission::level)
                .description("Level of the ladder of measures, 0 to 3")
                .register(meters);
        for (Lane lane : Lane.values()) {
            Gauge.builder("spillway.gateway.admission.limit", admission.of(lane), Limiter::limit)
                    .description("Requests that may be under way")
                    .tag("lane", lane.tag())
                    .register(meters);
            Gauge.builder("spillway.gateway.admission.in.flight", admission.of(lane), Limiter::underWay)
                    .description("Requests that are under way")
                    .tag("lane", lane.tag())
                    .register(meters);
        }
        return admission;
    }

    @Bean
    Front front(
            Admission admission,
            SecureHeaders secureHeaders,
            JsonMapper json,
            Books books,
            ShedLedger shed,
            Next next) {
        return new Front(admission, new Refusals(secureHeaders, json), books, shed, next, System::nanoTime);
    }

    /** A customizer, and no bean of routes: those would be served on the management port as well. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> routesBeforeWebFlux(Front front) {
        return server -> server.addRouteProviders(front::routes);
    }

    @Bean
    RepeatedViews repeatedViews(Admission admission, AdmissionRules rules) {
        return new RepeatedViews(
                admission::coalesces, rules.ladder().repeat(), rules.ladder().remembered(), System::nanoTime);
    }

    @Bean
    PressurePolls pressurePolls(
            HttpClient http, JsonMapper json, Callees callees, Admission admission, AdmissionRules rules) {
        return new PressurePolls(http, json, callees, admission, rules);
    }

    /** Where operators' endpoints share the public port, everybody could switch: there is no switch then. */
    @Bean
    @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
    AdmissionEndpoint admissionEndpoint(Admission admission, AdmissionRules rules) {
        return new AdmissionEndpoint(admission, rules);
    }
}
