package spillway.gateway.route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import spillway.platform.instance.Instance;
import spillway.platform.instance.Instances;
import spillway.platform.instance.RetryBudget;

/**
 * A service that is called: sends each request to one of its instances, and to another one where that repeats nothing.
 * Thread-safe.
 *
 * <p>This is the only place that tries again. A request that was not sent, because there was no connection, had no effect,
 * whatever it is. One that was sent goes to another instance only if it is a read, and only if its connection broke before
 * the answer began: what is late or refused is so because there is too much already. Nothing waits before the next try,
 * and each instance is tried once. The budget pays for the reads that may have arrived twice; what was not sent is no load
 * on anybody yet, and in a restart it is as much as is tried at an instance that is away.
 */
public final class Callee {

    private final Instances instances;
    private final RetryBudget budget;
    private final Counter answered;
    private final Counter failed;
    private final Counter overBudget;

    Callee(String name, Instances instances, RetryBudget budget, MeterRegistry meters) {
        this.instances = instances;
        this.budget = budget;
        this.answered = retries(name, "answered", meters);
        this.failed = retries(name, "failed", meters);
        this.overBudget = retries(name, "over_budget", meters);
    }

    private static Counter retries(String service, String outcome, MeterRegistry meters) {
        return Counter.builder("spillway.gateway.retries")
                .description("Requests that went to another instance, or would have")
                .tags("service", service, "outcome", outcome)
                .register(meters);
    }

    public List<Instance> instances() {
        return instances.all();
    }

    /**
     * Sends a request. Fails with what the last instance failed with, or at once when all are away.
     *
     * @param read whether the request may arrive twice
     * @param request to the instance with that base URL; it completes when the answer begins, or later
     */
    public <T> Mono<T> call(boolean read, Function<URI, Mono<T>> request) {
        return Mono.defer(() -> {
            budget.request();
            return new Call<>(read, request).attempt();
        });
    }

    private final class Call<T> {

        private final boolean read;
        private final Function<URI, Mono<T>> request;
        private final List<Instance> tried = new ArrayList<>(1);

        Call(boolean read, Function<URI, Mono<T>> request) {
            this.read = read;
            this.request = request;
        }

        Mono<T> attempt() {
            return instances.choose(tried).map(this::attempt).orElseGet(() -> Mono.error(ServiceFailure.away(null)));
        }

        private Mono<T> attempt(Instance instance) {
            tried.add(instance);
            return Mono.defer(() -> {
                        instance.began();
                        return request.apply(instance.url());
                    })
                    .doOnSuccess(answer -> instance.reached())
                    .doFinally(end -> instance.ended())
                    .onErrorResume(thrown -> afterFailure(instance, thrown));
        }

        private Mono<T> afterFailure(Instance instance, Throwable thrown) {
            boolean unsent = ServiceFailure.isUnsent(thrown);
            if (unsent) {
                instance.notReached();
            }
            if (!unsent && !(read && ServiceFailure.causedBy(thrown, IOException.class))) {
                return Mono.error(thrown);
            }
            Optional<Instance> other = instances.choose(tried);
            if (other.isEmpty()) {
                return Mono.error(thrown);
            }
            if (!unsent && !budget.take()) {
                overBudget.increment();
                return Mono.error(thrown);
            }
            return attempt(other.get())
                    .doOnSuccess(answer -> answered.increment())
                    .doOnError(again -> failed.increment());
        }
    }
}
