package spillway.gateway.admission;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What handles the requests that were let in. */
public interface Next {

    /** Whether the request will be answered from a batch; decided once, before it is let in. */
    boolean batches(HttpServerRequest request);

    /** @param batched what {@link #batches} said */
    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response, boolean batched, Passage passage);
}
