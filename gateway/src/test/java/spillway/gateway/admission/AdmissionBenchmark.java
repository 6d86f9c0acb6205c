package spillway.gateway.admission;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.early.FirstLook;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.quota.LargeQuotas;
import spillway.gateway.quota.UserQuotas;
import spillway.gateway.shed.ShedLedger;
import tools.jackson.databind.json.JsonMapper;

/**
 * What admission costs a request: {@code ./spillway bench admission}. Measured is all that is decided about it, on a real
 * request's headers: the quota of its address, class, deadline, level, a place in the limit and its end, the quota of its
 * user; of a refusal also the books, the ledger and making the answer. Reading the request and sending the answer is not.
 * Times are sampled, because their median says something also on a machine that does other things.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionBenchmark {

    private static final int[] THREADS = {1, 4};

    /** Everything that is full: the level is 2, on which each like is refused. */
    private static final Signals DROWNING = new Signals(1.0, 90_000.0, 20_000.0, 1_000.0, null, null, null);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShedLedger ledger = new ShedLedger(InstantSource.system(), meters);
    private final Books books = new Books(meters);
    private final UserQuotas users = LargeQuotas.ofUsers(ledger);
    private final FirstLook addresses = LargeQuotas.ofAddresses(books, ledger);
    private final Front calm = front(admission());
    private final Front pressed = front(drowning());

    /** What a thread sends again and again. */
    @State(Scope.Thread)
    public static class Requests {

        private final HeldRequests held = new HeldRequests();
        private final HeldRequests.Held like = held.take("PUT", "/v1/posts/7350912834723840/like");
        private final HeldRequests.Held view = held.take("POST", "/v1/posts/7350912834723840/views");
        private final HeldRequests.Held post = held.take("POST", "/v1/posts");

        /** Public for the harness. */
        public Requests() {}

        @TearDown
        public void close() {
            held.close();
        }
    }

    /** Public for the harness. */
    public AdmissionBenchmark() {}

    @Setup
    public void check() {
        try (HeldRequests held = new HeldRequests()) {
            HeldRequests.Held like = held.take("PUT", "/v1/posts/7/like");
            decide(calm, like);
            if (books.shed(TrafficClass.LIKE) != 0) {
                throw new IllegalStateException("a like was refused in calm");
            }
            decide(pressed, like);
            if (books.shed(TrafficClass.LIKE) != 1) {
                throw new IllegalStateException("a like was let in under pressure");
            }
        }
    }

    @Benchmark
    public Object likeLetIn(Requests requests) {
        return decide(calm, requests.like);
    }

    @Benchmark
    public Object postLetIn(Requests requests) {
        return decide(calm, requests.post);
    }

    @Benchmark
    public Object likeRefused(Requests requests) {
        return decide(pressed, requests.like);
    }

    /** One in ten is let in. */
    @Benchmark
    public Object viewSampled(Requests requests) {
        return decide(pressed, requests.view);
    }

    @Test
    void admissionIsMeasured() throws RunnerException {
        for (int threads : THREADS) {
            new Runner(new OptionsBuilder()
                            .include(AdmissionBenchmark.class.getName())
                            .threads(threads)
                            .build())
                    .run();
        }
    }

    /** As the connection and the server do one after the other; an answer is made and not sent. */
    private Object decide(Front front, HeldRequests.Held held) {
        Channel channel = held.head().channel();
        HttpRequest head = held.head().request();
        if (addresses.refuse(channel, head, false) != null) {
            throw new IllegalStateException("more than the quota of an address");
        }
        FullHttpResponse answer = front.refuse(channel, head, false);
        Object said = answer == null ? handOver(front, held.exchange()) : answer;
        addresses.passed(channel);
        front.passed(channel);
        return said;
    }

    private static Publisher<Void> handOver(Front front, HeldRequests.Exchange exchange) {
        Publisher<Void> handled = front.handle(exchange.request(), exchange.response());
        Mono.from(handled).subscribe();
        return handled;
    }

    private Front front(Admission admission) {
        return new Front(
                admission,
                new Refusals(new SecureHeaders(), JsonMapper.shared()),
                books,
                ledger,
                new QuotaOnly(users),
                System::nanoTime);
    }

    private static Admission admission() {
        return new Admission(TestRules.defaults(), Limits::adaptive, System::nanoTime, ThreadLocalRandom::current);
    }

    private static Admission drowning() {
        Admission admission = admission();
        while (admission.level() < Measures.OF_ONE_SERVICE) {
            admission.metrics().hear(TestRules.INSTANCE, DROWNING);
            admission.tick(Duration.ofMillis(100), TestRules.defaults().goals());
        }
        return admission;
    }

    /** What comes behind admission asks for the user's quota, and is done. */
    private record QuotaOnly(UserQuotas users) implements Next {

        @Override
        public boolean batches(String method, String uri, HttpHeaders headers) {
            return !uri.endsWith("/posts");
        }

        @Override
        public Publisher<Void> handle(
                HttpServerRequest request, HttpServerResponse response, boolean batched, Passage passage) {
            TrafficClass traffic = batched ? TrafficClass.LIKE : TrafficClass.POST;
            return users.take(
                            traffic,
                            LargeQuotas.anyCaller(),
                            request.remoteAddress(),
                            request.requestHeaders().getAll("X-Forwarded-For"))
                    .then();
        }
    }
}
