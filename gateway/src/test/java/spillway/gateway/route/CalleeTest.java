package spillway.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import spillway.platform.instance.AwayRules;
import spillway.platform.instance.Instances;
import spillway.platform.instance.RetryBudget;

class CalleeTest {

    private static final URI ONE = URI.create("http://127.0.0.1:1");
    private static final URI OTHER = URI.create("http://127.0.0.1:2");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final List<URI> asked = new ArrayList<>();
    private final Callee callee = callee(new RetryBudget(0.1, 10, 100), ONE, OTHER);

    private Callee callee(RetryBudget budget, URI... urls) {
        return new Callee(
                "content",
                new Instances(List.of(urls), new AwayRules(3, Duration.ofSeconds(1)), nanos::get, () -> new Random(1)),
                budget,
                meters);
    }

    private Function<URI, Mono<String>> failing(Throwable failure) {
        return instance -> {
            asked.add(instance);
            return instance.equals(ONE) ? Mono.error(failure) : Mono.just("answer");
        };
    }

    private double retries(String outcome) {
        return meters.get("spillway.gateway.retries")
                .tags("service", "content", "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void aWriteThatWasNotSent_goesToTheOtherInstance() {
        assertThat(callee.call(false, failing(new ConnectException())).block()).isEqualTo("answer");

        assertThat(asked).containsExactly(ONE, OTHER);
        assertThat(retries("answered")).isEqualTo(1);
    }

    @Test
    void aWriteThatMayHaveBeenSent_isNeverRepeated() {
        IOException broken = new IOException("Connection reset by peer");

        assertThatThrownBy(() -> callee.call(false, failing(broken)).block()).hasCause(broken);

        assertThat(asked).containsExactly(ONE);
    }

    @Test
    void aReadWhoseConnectionBroke_goesToTheOtherInstance() {
        assertThat(callee.call(true, failing(new IOException("reset"))).block()).isEqualTo("answer");

        assertThat(asked).containsExactly(ONE, OTHER);
    }

    @Test
    void aReadThatIsLate_isNotRepeated() {
        TimeoutException late = new TimeoutException();

        assertThatThrownBy(() -> callee.call(true, failing(late)).block()).hasCause(late);

        assertThat(asked).containsExactly(ONE);
    }

    @Test
    void aLoneInstance_isAskedOnce() {
        Callee lone = callee(new RetryBudget(0.1, 10, 100), ONE);

        assertThatThrownBy(
                        () -> lone.call(true, failing(new ConnectException())).block())
                .hasCauseInstanceOf(ConnectException.class);

        assertThat(asked).containsExactly(ONE);
    }

    @Test
    void eachInstanceIsTriedOnce_andTheLastFailureIsTold() {
        assertThatThrownBy(() -> callee.call(false, instance -> {
                            asked.add(instance);
                            return Mono.error(new ConnectException(instance.toString()));
                        })
                        .block())
                .hasRootCauseMessage(OTHER.toString());

        assertThat(asked).containsExactly(ONE, OTHER);
        assertThat(retries("failed")).isEqualTo(1);
    }

    @Test
    void pastTheBudget_nothingIsRepeated() {
        Callee poor = callee(new RetryBudget(0.1, 1, 1), ONE, OTHER);
        IOException broken = new IOException("reset");
        poor.instances().getLast().says(false);
        poor.call(true, failing(broken)).block();
        asked.clear();

        assertThatThrownBy(() -> poor.call(true, failing(broken)).block()).hasCause(broken);

        assertThat(asked).containsExactly(ONE);
        assertThat(retries("over_budget")).isEqualTo(1);
    }

    @Test
    void whatWasNotSent_isNoRetry_andNeedsNoBudget() {
        Callee poor = callee(new RetryBudget(0, 0, 0), ONE, OTHER);

        assertThat(poor.call(false, failing(new ConnectException())).block()).isEqualTo("answer");

        assertThat(asked).containsExactly(ONE, OTHER);
    }

    @Test
    void whileAllAreAway_aRequestIsRefusedWithoutATry() {
        Callee lone = callee(new RetryBudget(0.1, 10, 100), ONE);
        for (int i = 0; i < 3; i++) {
            lone.call(false, failing(new ConnectException())).onErrorComplete().block();
        }
        asked.clear();

        assertThatThrownBy(
                        () -> lone.call(false, failing(new ConnectException())).block())
                .isInstanceOfSatisfying(
                        ServiceFailure.class,
                        failure -> assertThat(failure.getStatusCode().value()).isEqualTo(503));

        assertThat(asked).isEmpty();
    }

    @Test
    void anInstanceThatAnswers_isBack() {
        for (int i = 0; i < 3; i++) {
            callee.call(false, failing(new ConnectException())).block();
            callee.instances().getLast().says(false);
        }
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        callee.call(false, instance -> Mono.just("back")).block();

        assertThat(callee.instances().getFirst().isAway()).isFalse();
    }

    @Test
    void whateverBecomesOfARequest_itIsNoLongerUnderWay() {
        callee.instances().getLast().says(false);
        callee.call(false, failing(new IOException("broken"))).onErrorComplete().block();
        callee.call(false, instance -> Mono.never())
                .timeout(Duration.ofMillis(1))
                .onErrorComplete()
                .block();
        callee.call(false, instance -> {
                    throw new IllegalStateException("cannot be written");
                })
                .onErrorComplete()
                .block();
        callee.instances().getLast().says(true);
        asked.clear();

        callee.call(true, failing(new TimeoutException())).onErrorComplete().block();
        callee.call(true, failing(new TimeoutException())).onErrorComplete().block();

        assertThat(asked).containsExactlyInAnyOrder(ONE, OTHER);
    }
}
