package spillway.gateway.deadline;

import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Carries the deadline from where a request arrived to where it is passed on. It is kept on the connection, on which one
 * request is handled at a time.
 */
public final class Deadlines {

    private static final AttributeKey<Deadline> KEY = AttributeKey.valueOf(Deadlines.class, "deadline");

    private Deadlines() {}

    /** To be called for every request: what is kept is the last one's. */
    public static void keep(HttpServerRequest request, Deadline deadline) {
        request.withConnection(connection -> connection.channel().attr(KEY).set(deadline));
    }

    public static Deadline of(ServerHttpRequest request) {
        @Nullable Deadline[] kept = {null};
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest below) {
            below.withConnection(
                    connection -> kept[0] = connection.channel().attr(KEY).get());
        }
        return kept[0] == null ? Deadline.NONE : kept[0];
    }
}
