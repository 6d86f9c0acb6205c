package spillway.gateway.admission;

import static spillway.platform.deadline.Deadline.HEADER;
import static spillway.platform.deadline.Deadline.read;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Deadlines;
import spillway.gateway.ledger.ApiPath;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;

/**
 * The first that sees a request to the API, before tokens, batches and WebFlux. What it refuses has cost a look at the
 * method, the path and the deadline; the body is not read.
 *
 * <p>Each request passes once. What it refuses it books itself; what it lets in is booked by whoever answers it.
 */
public final class Front {

    private final Admission admission;
    private final Refusals refusals;
    private final Books books;
    private final ShedLedger shed;
    private final LongSupplier nanos;

    Front(Admission admission, Refusals refusals, Books books, ShedLedger shed, LongSupplier nanos) {
        this.admission = admission;
        this.refusals = refusals;
        this.books = books;
        this.shed = shed;
        this.nanos = nanos;
    }

    /** A route of the server that comes before all others and takes every request to the API. */
    public HttpServerRoutes routes(HttpServerRoutes routes, Next next) {
        return routes.route(
                request -> TrafficClass.covers(path(request.uri())),
                (request, response) -> handle(request, response, next));
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response, Next next) {
        String path = path(request.uri());
        TrafficClass traffic = TrafficClass.of(request.method().name(), path);
        Deadline deadline = Deadline.NONE;
        List<String> said = request.requestHeaders().getAll(HEADER);
        if (!said.isEmpty()) {
            Optional<Duration> left = read(said);
            if (left.isEmpty()) {
                books.offer(traffic).answered(400, false);
                return refusals.noDeadline(request, response);
            }
            deadline = Deadline.in(left.get(), nanos);
        }
        boolean batched = next.batches(request);
        Lane lane = batched ? Lane.BATCHES : Lane.of(traffic, ApiPath.plain(path));
        Deadlines.keep(request, deadline);
        return switch (admission.decide(traffic, lane, batched)) {
            case Verdict.Admitted admitted -> {
                Passage passage = new Passage(admitted.weight(), deadline);
                Publisher<Void> handled = next.handle(request, response, batched, passage);
                Limiter.Place place = admitted.place();
                yield place == null
                        ? handled
                        : Mono.from(handled).doFinally(end -> ended(traffic, place, response, end));
            }
            case Verdict.SampledOut out -> {
                shed(traffic, Reason.SAMPLED);
                yield refusals.sampled(request, response);
            }
            case Verdict.Refused refused -> {
                shed(traffic, refused.reason());
                yield refused.reason() == Reason.LIMIT
                        ? refusals.unavailable(request, response, refused.retryAfter())
                        : refusals.tooMany(request, response, refused.retryAfter());
            }
        };
    }

    private void ended(TrafficClass traffic, Limiter.Place place, HttpServerResponse response, SignalType end) {
        int status = end == SignalType.ON_COMPLETE ? response.status().code() : 0;
        admission.ended(traffic, place, status, response.responseHeaders().contains(HttpHeaderNames.RETRY_AFTER));
    }

    private void shed(TrafficClass traffic, Reason reason) {
        shed.shed(traffic, reason, 1);
        books.offer(traffic).shed();
    }

    /** The path as it was sent, undecoded, without scheme, host and query: the same that the books go by. */
    static String path(String uri) {
        int start = 0;
        if (!uri.startsWith("/")) {
            int host = uri.indexOf("://");
            start = host < 0 ? -1 : uri.indexOf('/', host + 3);
            if (start < 0) {
                return "";
            }
        }
        int end = uri.indexOf('?', start);
        return uri.substring(start, end < 0 ? uri.length() : end);
    }
}
