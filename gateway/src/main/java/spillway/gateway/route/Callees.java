package spillway.gateway.route;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import spillway.platform.instance.Instance;
import spillway.platform.instance.Instances;

/** The services behind the gateway, by the id of their route. */
@Component
public final class Callees {

    private final Map<String, Callee> byName = new LinkedHashMap<>();

    Callees(Services services, InstanceRules rules, RetryRules retries, MeterRegistry meters) {
        Map<String, List<URI>> urls = new LinkedHashMap<>();
        urls.put(Bulkhead.CONTENT, services.contentUrl());
        urls.put(Bulkhead.METRICS, services.metricsUrl());
        urls.put(Bulkhead.ANALYTICS, services.analyticsUrl());
        urls.forEach((name, list) -> {
            Instances instances = new Instances(list, rules.away(), System::nanoTime, ThreadLocalRandom::current);
            byName.put(name, new Callee(name, instances, retries.budget(), meters));
            instances.all().forEach(instance -> gauge(name, instance, meters));
        });
    }

    private static void gauge(String service, Instance instance, MeterRegistry meters) {
        Gauge.builder("spillway.gateway.instance.up", instance, known -> known.isReady() && !known.isAway() ? 1 : 0)
                .description("Whether an instance is ready and can be connected to")
                .tags("service", service, "instance", instance.url().getAuthority())
                .register(meters);
    }

    /** Of one service. */
    public Callee of(String service) {
        return requireNonNull(byName.get(service), service);
    }

    /** All of them, with their names. */
    public Map<String, Callee> all() {
        return byName;
    }
}
