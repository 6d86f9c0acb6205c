package spillway.gateway.edge;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.admission.Next;
import spillway.gateway.admission.Passage;
import spillway.gateway.admission.RepeatedViews;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Expired;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.quota.UserQuotas;
import spillway.gateway.route.ServiceFailure;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/**
 * Answers likes and views itself, from the batch that each goes into, as the service would have answered it alone. Whatever
 * is out of the ordinary (a body, a query, an odd id, another representation wanted, a token that is not valid) goes the way
 * of all other requests, which alone knows its answer.
 *
 * <p>It stands before WebFlux, behind admission. Of what the chains behind it would do for such a write, four things remain
 * and are done here: it is booked, the token is checked by the same decoder, the write is counted in its user's quota, and
 * the headers that every answer carries are set. Walking through the chains took most of the gateway's processor time per
 * like (docs/adr/0008).
 */
final class WritesInBatches implements Next {

    /** How requests are handled that are not batched. */
    interface Others {
        Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response);
    }

    private static final String POSTS = "/v1/posts/";
    private static final String BEARER = "Bearer ";
    private static final String FORWARDED = "X-Forwarded-For";
    private static final Duration LONGER_THAN_ANY = Duration.ofDays(1);

    private final EdgeSwitch edge;
    private final ReactiveJwtDecoder tokens;
    private final Map<String, BatchedWrite<?>> byMethod;
    private final Books books;
    private final UserQuotas quotas;
    private final RepeatedViews repeated;
    private final EdgeAnswers answers;
    private final Others others;

    /**
     * @param tokens the decoder that also checks the tokens of all other requests
     * @param writes one per method at most
     */
    WritesInBatches(
            EdgeSwitch edge,
            ReactiveJwtDecoder tokens,
            List<BatchedWrite<?>> writes,
            Books books,
            UserQuotas quotas,
            RepeatedViews repeated,
            EdgeAnswers answers,
            Others others) {
        this.edge = edge;
        this.tokens = tokens;
        this.byMethod = writes.stream()
                .collect(Collectors.toUnmodifiableMap(write -> write.method().name(), Function.identity()));
        this.books = books;
        this.quotas = quotas;
        this.repeated = repeated;
        this.answers = answers;
        this.others = others;
    }

    @Override
    public boolean batches(String method, String uri, HttpHeaders headers) {
        BatchedWrite<?> write = edge.isOn() ? written(method, uri) : null;
        return write != null && post(uri, write) != null && isPlain(headers) && bearer(headers) != null;
    }

    @Override
    public Publisher<Void> handle(
            HttpServerRequest request, HttpServerResponse response, boolean batched, Passage passage) {
        BatchedWrite<?> write = batched ? written(request.method().name(), request.uri()) : null;
        PostId post = write == null ? null : post(request.uri(), write);
        String token = bearer(request.requestHeaders());
        if (write == null || post == null || token == null) {
            return others.handle(request, response);
        }
        return tokens.decode(token)
                .map(jwt -> Optional.of(Caller.of(jwt)))
                // Refused, with the reason and the challenge, by those whose task that is.
                .onErrorReturn(Optional.empty())
                .flatMap(caller -> caller.isEmpty()
                        ? Mono.from(others.handle(request, response))
                        : answer(request, response, write, post, caller.get(), passage));
    }

    private Mono<Void> answer(
            HttpServerRequest request,
            HttpServerResponse response,
            BatchedWrite<?> write,
            PostId post,
            Caller caller,
            Passage passage) {
        Books.Entry entry = books.offer(write.traffic());
        String path = request.uri();
        // Cancelled with the request, that is when the caller goes away.
        return quotas.take(
                        write.traffic(),
                        caller,
                        request.remoteAddress(),
                        request.requestHeaders().getAll(FORWARDED))
                .doOnNext(limits -> limits.ifPresent(known -> EdgeAnswers.tell(response, known)))
                .then(Mono.defer(() -> write.traffic() == TrafficClass.VIEW && repeated.repeats(post, caller.user())
                        ? answers.coalesce(response, entry)
                        : reply(write.send(post, caller.user(), passage, loop(request)), passage.deadline())
                                .flatMap(reply -> answers.reply(response, path, entry, reply))))
                .onErrorResume(
                        thrown -> !response.hasSentHeaders(), thrown -> answers.failure(response, path, entry, thrown))
                .doOnCancel(entry::unheard);
    }

    /** Not waited for past the deadline. What was not sent by then is taken back, and of what was nothing is known. */
    private static Mono<Reply> reply(Batches.Asked<Reply> asked, Deadline deadline) {
        Mono<Reply> reply = Mono.fromFuture(asked.answer());
        return deadline.bounded()
                ? reply.timeout(
                        deadline.left(System::nanoTime, LONGER_THAN_ANY),
                        Mono.error(() -> asked.isTakenBack() ? new Expired() : ServiceFailure.late(true)))
                : reply;
    }

    private @Nullable BatchedWrite<?> written(String method, String uri) {
        BatchedWrite<?> write = byMethod.get(method);
        return write != null && uri.startsWith(POSTS) && uri.endsWith(write.ending()) ? write : null;
    }

    /** The path as it was sent, undecoded and without a query, is exactly that of a write: no two parsers can differ. */
    private static @Nullable PostId post(String uri, BatchedWrite<?> write) {
        try {
            return PostId.parse(uri.substring(
                    POSTS.length(),
                    Math.max(POSTS.length(), uri.length() - write.ending().length())));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static @Nullable String bearer(HttpHeaders headers) {
        List<String> authorization = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        return authorization.size() == 1 && authorization.getFirst().startsWith(BEARER)
                ? authorization.getFirst().substring(BEARER.length())
                : null;
    }

    private static boolean isPlain(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        List<String> accept = headers.getAll(HttpHeaderNames.ACCEPT);
        return (length == null || length.equals("0"))
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && (accept.isEmpty() || accept.stream().anyMatch(WritesInBatches::takesJson));
    }

    private static boolean takesJson(String accept) {
        return accept.contains(MediaType.ALL_VALUE) || accept.contains(MediaType.APPLICATION_JSON_VALUE);
    }

    private static Executor loop(HttpServerRequest request) {
        EventLoop[] found = new EventLoop[1];
        request.withConnection(connection -> found[0] = connection.channel().eventLoop());
        return found[0];
    }
}
