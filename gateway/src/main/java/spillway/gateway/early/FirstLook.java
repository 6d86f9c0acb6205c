package spillway.gateway.early;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the head of a request as soon as it is read, before the server makes anything of it, and may answer in its place.
 * Not every request is shown: what is out of the ordinary ({@link EarlyAnswers}) is decided on when the server hands it over,
 * so whoever refuses early refuses there, too. All calls are made on the connection's event loop. Thread-safe.
 */
public interface FirstLook {

    /**
     * The answer to a request that goes no further, or null. What was found out about one that does may be kept on the
     * connection until {@link #passed}: the server hands the request over before that, if it does so at all.
     *
     * @param secure whether the caller came by TLS
     */
    @Nullable FullHttpResponse refuse(Channel channel, HttpRequest head, boolean secure);

    /** The server had its turn with the request, or somebody else refused it: what was kept is to be forgotten. */
    void passed(Channel channel);
}
