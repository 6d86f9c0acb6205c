package spillway.gateway.early;

import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** What a {@link FirstLook} has kept on the connection, when the server hands the request over. */
public final class Kept {

    private Kept() {}

    /** Takes it away, so that it is used once; null if there is none. */
    public static <T> @Nullable T take(HttpServerRequest request, AttributeKey<T> key) {
        Object[] found = new Object[1];
        request.withConnection(
                connection -> found[0] = connection.channel().attr(key).getAndSet(null));
        @SuppressWarnings("unchecked") // of this key
        T kept = (T) found[0];
        return kept;
    }
}
