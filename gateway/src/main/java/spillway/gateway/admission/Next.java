package spillway.gateway.admission;

import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What handles the requests that were let in. */
public interface Next {

    /**
     * Whether the request will be answered from a batch; decided once, before it is let in.
     *
     * @param uri as it was sent
     */
    boolean batches(String method, String uri, HttpHeaders headers);

    /** @param batched what {@link #batches} said */
    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response, boolean batched, Passage passage);
}
