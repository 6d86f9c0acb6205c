package spillway.gateway.edge;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.MediaType;
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
import spillway.gateway.route.ServiceFailure;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * Answers likes and views itself, from the batch that each goes into, as the service would have answered it alone. Whatever
 * is out of the ordinary (a body, a query, an odd id, another representation wanted, a token that is not valid) goes the way
 * of all other requests, which alone knows its answer.
 *
 * <p>It stands before WebFlux, behind admission; what remains of the chains behind it is the {@link Reception}. Walking
 * through them took most of the gateway's processor time per like (docs/adr/0008).
 */
final class WritesInBatches implements Next {

    private final EdgeSwitch edge;
    private final Reception reception;
    private final Map<String, BatchedWrite<?>> byMethod;
    private final RepeatedViews repeated;
    private final EdgeAnswers answers;
    private final Others others;

    /**
     * @param writes one per method at most
     * @param others handle what is not batched
     */
    WritesInBatches(
            EdgeSwitch edge,
            Reception reception,
            List<BatchedWrite<?>> writes,
            RepeatedViews repeated,
            EdgeAnswers answers,
            Others others) {
        this.edge = edge;
        this.reception = reception;
        this.byMethod = writes.stream()
                .collect(Collectors.toUnmodifiableMap(write -> write.method().name(), Function.identity()));
        this.repeated = repeated;
        this.answers = answers;
        this.others = others;
    }

    @Override
    public boolean batches(String method, String uri, HttpHeaders headers) {
        return edge.isOn() && written(method, uri) != null && isPlain(headers) && Reception.hasToken(headers);
    }

    @Override
    public Publisher<Void> handle(
            HttpServerRequest request, HttpServerResponse response, boolean batched, Passage passage) {
        Written written = batched ? written(request.method().name(), request.uri()) : null;
        if (written == null) {
            return others.handle(request, response, passage);
        }
        return reception.receive(
                request,
                response,
                written.write().traffic(),
                (caller, entry) -> answer(request, response, written, caller.user(), entry, passage),
                () -> others.handle(request, response, passage));
    }

    private Mono<Void> answer(
            HttpServerRequest request,
            HttpServerResponse response,
            Written written,
            UserId user,
            Books.Entry entry,
            Passage passage) {
        // One that stands for others counts though it repeats one: they may not, and were told that it stands for them.
        if (written.write().traffic() == TrafficClass.VIEW
                && passage.weight() == 1
                && repeated.repeats(written.post(), user)) {
            return answers.coalesce(response, entry);
        }
        return reply(written.write().send(written.post(), user, passage, loop(request)), passage.deadline())
                .flatMap(reply -> answers.reply(response, request.uri(), entry, reply));
    }

    /** Not waited for past the deadline. What was not sent by then is taken back, and of what was nothing is known. */
    private static Mono<Reply> reply(Batches.Asked<Reply> asked, Deadline deadline) {
        Mono<Reply> reply = Mono.fromFuture(asked.answer());
        return deadline.bounded()
                ? reply.timeout(
                        deadline.left(System::nanoTime),
                        Mono.error(() -> asked.isTakenBack() ? new Expired() : ServiceFailure.late(true)))
                : reply;
    }

    private record Written(BatchedWrite<?> write, PostId post) {}

    private @Nullable Written written(String method, String uri) {
        BatchedWrite<?> write = byMethod.get(method);
        PostPath path = write == null ? null : PostPath.of(uri);
        return write == null || path == null || !path.ending().equals(write.ending())
                ? null
                : new Written(write, path.post());
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
