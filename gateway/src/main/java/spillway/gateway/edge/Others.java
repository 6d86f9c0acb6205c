package spillway.gateway.edge;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.admission.Passage;

/** What handles the requests that somebody before it does not. */
interface Others {
    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response, Passage passage);
}
