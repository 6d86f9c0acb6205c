package spillway.gateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.quota.UserQuotas;
import spillway.platform.security.Caller;

/**
 * Does for a request what remains of the chains behind it when it does not go through them: its token is checked, by the
 * decoder that checks all others, it is booked, counted in its user's quota, and a failure becomes its answer. Thread-safe.
 */
final class Reception {

    private static final String BEARER = "Bearer ";
    private static final String FORWARDED = "X-Forwarded-For";

    private final ReactiveJwtDecoder tokens;
    private final Books books;
    private final UserQuotas quotas;
    private final EdgeAnswers answers;

    Reception(ReactiveJwtDecoder tokens, Books books, UserQuotas quotas, EdgeAnswers answers) {
        this.tokens = tokens;
        this.books = books;
        this.quotas = quotas;
        this.answers = answers;
    }

    /** Answers a request that was let in, and settles its entry. */
    interface Answering {
        Mono<Void> answer(Caller caller, Books.Entry entry);
    }

    /** Whether there is one bearer token, valid or not. */
    static boolean hasToken(HttpHeaders headers) {
        return token(headers) != null;
    }

    /**
     * Handles a request, which is cancelled when its caller goes away.
     *
     * @param known if its token is valid
     * @param otherwise those who refuse a token with the reason and the challenge
     */
    Mono<Void> receive(
            HttpServerRequest request,
            HttpServerResponse response,
            TrafficClass traffic,
            Answering known,
            Supplier<Publisher<Void>> otherwise) {
        String token = token(request.requestHeaders());
        if (token == null) {
            return Mono.from(otherwise.get());
        }
        return tokens.decode(token)
                .map(jwt -> Optional.of(Caller.of(jwt)))
                .onErrorReturn(Optional.empty())
                .flatMap(caller -> caller.isEmpty()
                        ? Mono.from(otherwise.get())
                        : book(request, response, traffic, caller.get(), known));
    }

    private Mono<Void> book(
            HttpServerRequest request,
            HttpServerResponse response,
            TrafficClass traffic,
            Caller caller,
            Answering answering) {
        Books.Entry entry = books.offer(traffic);
        return quotas.take(
                        traffic,
                        caller,
                        request.remoteAddress(),
                        request.requestHeaders().getAll(FORWARDED))
                .doOnNext(limits -> limits.ifPresent(known -> EdgeAnswers.tell(response, known)))
                .then(Mono.defer(() -> answering.answer(caller, entry)))
                .onErrorResume(
                        thrown -> !response.hasSentHeaders(),
                        thrown -> answers.failure(response, request.uri(), entry, thrown))
                .doOnCancel(entry::unheard);
    }

    private static @Nullable String token(HttpHeaders headers) {
        List<String> authorization = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        return authorization.size() == 1 && authorization.getFirst().startsWith(BEARER)
                ? authorization.getFirst().substring(BEARER.length())
                : null;
    }
}
