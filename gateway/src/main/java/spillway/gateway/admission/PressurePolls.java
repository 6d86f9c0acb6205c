package spillway.gateway.admission;

import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import spillway.gateway.route.Bulkhead;
import spillway.gateway.route.Callee;
import spillway.gateway.route.Callees;
import spillway.platform.instance.Instance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the instances of services for their pressure, each with one question at a time, and has the level corrected by it. One that
 * does not answer in time, or knows no such question, says nothing; a dead one is the limit's to see.
 */
final class PressurePolls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PressurePolls.class);
    /** Less than after which an answer is forgotten; when everything waits for a processor, so do answers about it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HttpClient http;
    private final JsonMapper json;
    private final Disposable running;

    PressurePolls(HttpClient http, JsonMapper json, Callees callees, Admission admission, AdmissionRules rules) {
        this.http = http;
        this.json = json;
        this.running = Disposables.composite(
                poll(callees.of(Bulkhead.METRICS), rules.poll(), admission.metrics()),
                poll(callees.of(Bulkhead.CONTENT), rules.poll(), admission.content()),
                Flux.interval(rules.tick())
                        .onBackpressureDrop()
                        .elapsed()
                        .subscribe(tick -> admission.tick(Duration.ofMillis(tick.getT1()), rules.goals())));
    }

    @Override
    public void close() {
        running.dispose();
    }

    private Disposable poll(Callee service, Duration every, LastSignals last) {
        return Disposables.composite(service.instances().stream()
                .map(instance -> poll(instance, every, last))
                .toArray(Disposable[]::new));
    }

    private Disposable poll(Instance instance, Duration every, LastSignals last) {
        URI pressure = instance.url().resolve("/pressure");
        return Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(now -> ask(pressure), 1)
                .subscribe(signals -> {
                    instance.reached();
                    last.hear(instance.url(), signals);
                });
    }

    private Mono<Signals> ask(URI pressure) {
        return http.get()
                .uri(pressure)
                .responseSingle(
                        (response, body) -> response.status().code() == 200 ? body.asByteArray() : Mono.<byte[]>empty())
                .map(this::read)
                .timeout(PATIENCE)
                .onErrorResume(thrown -> {
                    LOG.debug("No pressure from {}: {}", pressure, thrown.toString());
                    return Mono.empty();
                });
    }

    private Signals read(byte[] answer) throws JacksonException {
        return json.readValue(answer, Signals.class);
    }
}
