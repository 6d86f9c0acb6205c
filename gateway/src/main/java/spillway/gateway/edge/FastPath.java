package spillway.gateway.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.admission.Passage;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Expired;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.route.Bulkhead;
import spillway.gateway.route.Callee;
import spillway.gateway.route.Callees;
import spillway.gateway.route.PassedHeaders;
import spillway.gateway.route.ServiceFailure;
import spillway.platform.problem.ProblemType;

/**
 * Passes on the requests that come most, as WebFlux and the routes behind it would: to the same instances, with the same
 * fields, in the same bulkhead, and with the same answers. Whatever is out of the ordinary (a query, a body of unknown or
 * great length, a token that is not valid) goes the long way, which alone knows what to make of it. Thread-safe.
 *
 * <p>It exists for what the long way costs of the processor that gateway and burst share (docs/adr/0026). The body is read
 * before the service is called, so that a slow caller holds no place there, and the answer is whole before it is passed on.
 */
final class FastPath implements Others {

    private static final Logger LOG = LoggerFactory.getLogger(FastPath.class);
    private static final String POSTS = "/v1/posts";
    private static final byte[] NOTHING = {};

    /** A bound on digits that any int has. */
    private static final int DIGITS = 9;

    private record Target(HttpMethod method, TrafficClass traffic, String service) {

        boolean isRead() {
            return traffic == TrafficClass.READ;
        }
    }

    private static final Target CREATE = new Target(HttpMethod.POST, TrafficClass.POST, Bulkhead.CONTENT);

    /** By the path's ending after the post's id. */
    private static final Map<String, Target> OF_ONE_POST = Map.of(
            "", new Target(HttpMethod.GET, TrafficClass.READ, Bulkhead.CONTENT),
            "/comments", new Target(HttpMethod.POST, TrafficClass.COMMENT, Bulkhead.CONTENT),
            "/metrics", new Target(HttpMethod.GET, TrafficClass.READ, Bulkhead.METRICS));

    private final Reception reception;
    private final EdgeAnswers answers;
    private final HttpClient http;
    private final Callees callees;
    private final Bulkhead bulkhead;
    private final Duration timeout;
    private final long mostBody;
    private final Others others;
    private final Counter fast;
    private final Counter around;
    private volatile boolean enabled;

    /**
     * @param http one that sends nothing twice
     * @param timeout from sending to the whole answer
     * @param mostBody in bytes
     * @param others handle what is out of the ordinary
     */
    FastPath(
            boolean enabled,
            Reception reception,
            EdgeAnswers answers,
            HttpClient http,
            Callees callees,
            Bulkhead bulkhead,
            Duration timeout,
            long mostBody,
            Others others,
            MeterRegistry meters) {
        this.reception = reception;
        this.answers = answers;
        this.http = http;
        this.callees = callees;
        this.bulkhead = bulkhead;
        this.timeout = timeout;
        this.mostBody = mostBody;
        this.others = others;
        this.fast = requests("fast", meters);
        this.around = requests("webflux", meters);
        set(enabled);
    }

    private static Counter requests(String way, MeterRegistry meters) {
        return Counter.builder("spillway.gateway.passed")
                .description("Requests to the API that were let in and go in no batch, by the way they took")
                .tag("way", way)
                .register(meters);
    }

    void set(boolean wanted) {
        enabled = wanted;
        LOG.info("Ordinary requests go {} WebFlux", wanted ? "past" : "through");
    }

    boolean isEnabled() {
        return enabled;
    }

    @Override
    public Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response, Passage passage) {
        Target target = enabled ? target(request.method(), request.uri()) : null;
        if (target == null
                || !isOrdinary(target, request.requestHeaders())
                || !Reception.hasToken(request.requestHeaders())) {
            return goAround(request, response, passage);
        }
        return reception.receive(
                request,
                response,
                target.traffic(),
                (caller, entry) -> {
                    fast.increment();
                    return body(request, target, passage.deadline())
                            .flatMap(body -> ask(target, request, body, passage.deadline()))
                            .flatMap(answer -> answers.pass(response, entry, answer));
                },
                () -> goAround(request, response, passage));
    }

    private Publisher<Void> goAround(HttpServerRequest request, HttpServerResponse response, Passage passage) {
        around.increment();
        return others.handle(request, response, passage);
    }

    /** The caller's body, for which nobody waits past the deadline: nothing was sent by then. */
    private static Mono<byte[]> body(HttpServerRequest request, Target target, Deadline deadline) {
        if (deadline.hasPassed(System::nanoTime)) {
            return Mono.error(target.isRead() ? ServiceFailure.late(false) : new Expired());
        }
        if (target.isRead()) {
            return Mono.just(NOTHING);
        }
        Mono<byte[]> body = request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(NOTHING)
                .onErrorMap(AbortedException.class, FastPath::brokeOff);
        return deadline.bounded() ? body.timeout(deadline.left(System::nanoTime), Mono.error(Expired::new)) : body;
    }

    private Mono<ServiceAnswer> ask(Target target, HttpServerRequest request, byte[] body, Deadline deadline) {
        Callee callee = callees.of(target.service());
        return bulkhead.around(
                        target.service(),
                        callee.call(
                                target.isRead(),
                                instance -> send(
                                        instance.resolve(request.uri()),
                                        target,
                                        request.requestHeaders(),
                                        body,
                                        deadline)))
                .timeout(
                        deadline.left(System::nanoTime, timeout),
                        Mono.error(() -> ServiceFailure.late(!target.isRead())))
                .onErrorMap(thrown -> ServiceFailure.of(thrown, !target.isRead()));
    }

    private Mono<ServiceAnswer> send(URI to, Target target, HttpHeaders from, byte[] body, Deadline deadline) {
        HttpClient.RequestSender request = http.headers(headers -> PassedHeaders.pass(from, headers, deadline))
                .request(target.method())
                .uri(to);
        HttpClient.ResponseReceiver<?> sent =
                target.isRead() ? request : request.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
        return sent.responseSingle((answer, content) -> content.asByteArray()
                .defaultIfEmpty(NOTHING)
                .map(bytes -> new ServiceAnswer(
                        answer.status().code(), answer.responseHeaders(), Unpooled.wrappedBuffer(bytes))));
    }

    private static @Nullable Target target(HttpMethod method, String uri) {
        if (uri.equals(POSTS)) {
            return method.equals(CREATE.method()) ? CREATE : null;
        }
        // Most of what is asked with a query is no id, and finding that out is dear.
        PostPath path = uri.indexOf('?') < 0 ? PostPath.of(uri) : null;
        Target target = path == null ? null : OF_ONE_POST.get(path.ending());
        return target != null && target.method().equals(method) ? target : null;
    }

    private boolean isOrdinary(Target target, HttpHeaders headers) {
        return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.UPGRADE)
                && hasOrdinaryLength(headers.get(HttpHeaderNames.CONTENT_LENGTH), target);
    }

    /** The codec has seen to it that there are only digits, and holds the caller to them. */
    private boolean hasOrdinaryLength(@Nullable String length, Target target) {
        if (target.isRead()) {
            return length == null || length.equals("0");
        }
        return length != null && length.length() <= DIGITS && Integer.parseInt(length) <= mostBody;
    }

    /** The caller's request did, and no service has seen it. */
    private static ErrorResponseException brokeOff(Throwable hungUp) {
        return new ErrorResponseException(
                ProblemType.INVALID_REQUEST.status(),
                ProblemType.INVALID_REQUEST.with("The request broke off."),
                hungUp);
    }
}
