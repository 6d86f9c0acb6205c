package spillway.gateway.route;

import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import spillway.platform.instance.Instance;

/**
 * Asks the instances of services that have several whether they are ready, each with one question at a time. So one that is
 * about to leave, or has just come, has no new requests.
 */
@Component
final class ReadinessProbes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessProbes.class);
    private static final int OK = 200;

    private final HttpClient http;
    private final InstanceRules rules;
    private final Disposable running;

    ReadinessProbes(HttpClient http, InstanceRules rules, Callees callees) {
        this.http = http;
        this.rules = rules;
        this.running = Disposables.composite(callees.all().values().stream()
                .map(Callee::instances)
                .filter(instances -> instances.size() > 1)
                .flatMap(List::stream)
                .map(this::watch)
                .toArray(Disposable[]::new));
    }

    @Override
    public void close() {
        running.dispose();
    }

    private Disposable watch(Instance instance) {
        URI readiness = instance.url().resolve("/actuator/health/readiness");
        return Flux.interval(rules.probe())
                .onBackpressureDrop()
                .concatMap(now -> isReady(readiness), 1)
                .subscribe(ready -> hear(instance, ready));
    }

    private static void hear(Instance instance, boolean ready) {
        if (ready != instance.isReady()) {
            LOG.info("{} {}", instance.url(), ready ? "is ready" : "is not ready");
        }
        if (ready) {
            instance.reached();
        }
        instance.says(ready);
    }

    private Mono<Boolean> isReady(URI readiness) {
        return http.get()
                .uri(readiness)
                .response()
                .map(response -> response.status().code() == OK)
                .timeout(rules.patience())
                .onErrorResume(thrown -> {
                    LOG.debug("{} does not answer: {}", readiness, thrown.toString());
                    return Mono.just(false);
                });
    }
}
