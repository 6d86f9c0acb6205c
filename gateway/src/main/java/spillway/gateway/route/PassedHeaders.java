package spillway.gateway.route;

import static spillway.platform.deadline.Deadline.HEADER;

import java.util.List;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Deadlines;

/**
 * The request headers that services get to see. Everything else stays here: no caller can hand a service a forged
 * address, identity or method (invariant I9) by a header nobody thought of refusing.
 */
@Component
public final class PassedHeaders implements HttpHeadersFilter, Ordered {

    private static final List<String> PASSED = List.of(
            HttpHeaders.ACCEPT,
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Idempotency-Key");

    PassedHeaders() {}

    /**
     * The same below Spring.
     *
     * @param offered of a request whose length is known
     * @param passed what the service gets to see, to be added to
     */
    public static void pass(
            io.netty.handler.codec.http.HttpHeaders offered,
            io.netty.handler.codec.http.HttpHeaders passed,
            Deadline deadline) {
        for (String name : PASSED) {
            List<String> values = offered.getAll(name);
            if (!values.isEmpty()) {
                passed.set(name, values);
            }
        }
        if (deadline.bounded()) {
            passed.set(HEADER, Long.toString(deadline.millisLeft(System::nanoTime)));
        }
    }

    @Override
    public HttpHeaders filter(HttpHeaders offered, ServerWebExchange exchange) {
        HttpHeaders passed = new HttpHeaders();
        for (String name : PASSED) {
            List<String> values = offered.get(name);
            if (values != null) {
                passed.put(name, values);
            }
        }
        if (offered.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            // Two lengths are one too many: the chunks decide.
            passed.remove(HttpHeaders.CONTENT_LENGTH);
        }
        Deadline deadline = Deadlines.of(exchange.getRequest());
        if (deadline.bounded()) {
            passed.set(HEADER, Long.toString(deadline.millisLeft(System::nanoTime)));
        }
        return passed;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
