package spillway.gateway.admission;

import static spillway.platform.deadline.Deadline.HEADER;
import static spillway.platform.deadline.Deadline.read;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Deadlines;
import spillway.gateway.early.BareAnswer;
import spillway.gateway.early.FirstLook;
import spillway.gateway.early.Kept;
import spillway.gateway.ledger.ApiPath;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;

/**
 * The first that decides about a request to the API, before tokens, batches and WebFlux: as soon as its head is read, or when
 * the server hands it over. What it refuses has cost a look at the method, the path and the deadline; the body is not read.
 *
 * <p>Each request is decided on once. What it refuses it books itself; what it lets in is booked by whoever answers it.
 */
public final class Front implements FirstLook {

    private static final AttributeKey<LetIn> DECIDED = AttributeKey.valueOf(Front.class, "decided");

    private final Admission admission;
    private final Refusals refusals;
    private final Books books;
    private final ShedLedger shed;
    private final Next next;
    private final LongSupplier nanos;

    /** What is decided about a request. */
    private sealed interface Decision {}

    private record LetIn(TrafficClass traffic, boolean batched, Deadline deadline, Verdict.Admitted verdict)
            implements Decision {}

    private record Answered(FullHttpResponse answer) implements Decision {}

    Front(Admission admission, Refusals refusals, Books books, ShedLedger shed, Next next, LongSupplier nanos) {
        this.admission = admission;
        this.refusals = refusals;
        this.books = books;
        this.shed = shed;
        this.next = next;
        this.nanos = nanos;
    }

    @Override
    public @Nullable FullHttpResponse refuse(Channel channel, HttpRequest head, boolean secure) {
        if (!TrafficClass.covers(path(head.uri()))) {
            return null;
        }
        return switch (decide(head.method().name(), head.uri(), head.headers(), secure)) {
            case Answered refused -> refused.answer();
            case LetIn letIn -> {
                channel.attr(DECIDED).set(letIn);
                yield null;
            }
        };
    }

    /** A request that the server did not hand over on the spot is decided on when it does. */
    @Override
    public void passed(Channel channel) {
        LetIn untaken = channel.attr(DECIDED).getAndSet(null);
        if (untaken != null && untaken.verdict().place() != null) {
            untaken.verdict().place().end(Limiter.End.IGNORED);
        }
    }

    /** A route of the server that comes before all others and takes every request to the API. */
    HttpServerRoutes routes(HttpServerRoutes routes) {
        return routes.route(request -> TrafficClass.covers(path(request.uri())), this::handle);
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        LetIn decided = Kept.take(request, DECIDED);
        Decision decision = decided != null
                ? decided
                : decide(
                        request.method().name(),
                        request.uri(),
                        request.requestHeaders(),
                        "https".equals(request.scheme()));
        return switch (decision) {
            case Answered refused -> BareAnswer.send(request, response, refused.answer());
            case LetIn letIn -> letIn(request, response, letIn);
        };
    }

    private Publisher<Void> letIn(HttpServerRequest request, HttpServerResponse response, LetIn letIn) {
        Deadlines.keep(request, letIn.deadline());
        Passage passage = new Passage(letIn.verdict().weight(), letIn.deadline());
        Publisher<Void> handled = next.handle(request, response, letIn.batched(), passage);
        Limiter.Place place = letIn.verdict().place();
        return place == null
                ? handled
                : Mono.from(handled).doFinally(end -> ended(letIn.traffic(), place, response, end));
    }

    private Decision decide(String method, String uri, HttpHeaders headers, boolean secure) {
        String path = path(uri);
        TrafficClass traffic = TrafficClass.of(method, path);
        Deadline deadline = Deadline.NONE;
        List<String> said = headers.getAll(HEADER);
        if (!said.isEmpty()) {
            Optional<Duration> left = read(said);
            if (left.isEmpty()) {
                books.offer(traffic).answered(HttpResponseStatus.BAD_REQUEST.code(), false);
                return new Answered(refusals.noDeadline(secure));
            }
            deadline = Deadline.in(left.get(), nanos);
        }
        boolean batched = next.batches(method, uri, headers);
        Lane lane = batched ? Lane.BATCHES : Lane.of(traffic, ApiPath.plain(path));
        return switch (admission.decide(traffic, lane, batched)) {
            case Verdict.Admitted admitted -> new LetIn(traffic, batched, deadline, admitted);
            case Verdict.SampledOut out -> {
                shed(traffic, Reason.SAMPLED);
                yield new Answered(refusals.sampled(secure));
            }
            case Verdict.Refused refused -> {
                shed(traffic, refused.reason());
                yield new Answered(
                        refused.reason() == Reason.LIMIT
                                ? refusals.unavailable(secure, refused.retryAfter())
                                : refusals.tooMany(secure, refused.retryAfter()));
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
