package spillway.gateway.quota;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses what an address sends over its quota, before a token is looked at: as the first route of the server, one that
 * matches only what it refuses. Thread-safe.
 *
 * <p>A customizer of the public server and not of the management port's.
 */
final class AddressGuard implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

    static final String FORWARDED = "X-Forwarded-For";

    /** More of a refused body than this is not read: the connection ends instead. */
    private static final int BODY_TO_SKIP = 64 * 1_024;

    /** Seconds by which those who are refused together come back apart. */
    private static final int SPREAD = 3;

    private final boolean enabled;
    private final Addresses addresses;
    private final Map<Group, Buckets> buckets = new EnumMap<>(Group.class);
    private final Map<Group, Policy> policies = new EnumMap<>(Group.class);
    private final Books books;
    private final ShedLedger ledger;
    private final SecureHeaders secureHeaders;
    private final IntUnaryOperator random;
    private final byte[] refusal;

    /** @param random below its argument */
    AddressGuard(
            QuotaRules rules,
            Map<Group, Buckets> buckets,
            Addresses addresses,
            Books books,
            ShedLedger ledger,
            SecureHeaders secureHeaders,
            JsonMapper json,
            IntUnaryOperator random) {
        this.enabled = rules.enabled();
        this.addresses = addresses;
        this.buckets.putAll(buckets);
        buckets.keySet().forEach(group -> policies.put(group, Policy.of("address", group, rules.ofAddress(group))));
        this.books = books;
        this.ledger = ledger;
        this.secureHeaders = secureHeaders;
        this.random = random;
        this.refusal = json.writeValueAsBytes(ProblemType.TOO_MANY_REQUESTS.with(
                "More comes from your address than one address may send; nothing was done."));
    }

    @Override
    public void customize(NettyReactiveWebServerFactory server) {
        if (enabled) {
            server.addRouteProviders(this::routes);
        }
    }

    private HttpServerRoutes routes(HttpServerRoutes routes) {
        return routes.route(request -> !admits(request), this::refuse);
    }

    boolean admits(HttpServerRequest request) {
        InetAddress address = address(request);
        return address == null
                || addresses.isExempt(address)
                || requireNonNull(buckets.get(Group.of(traffic(request)))).admits(Addresses.key(address));
    }

    private Publisher<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
        TrafficClass traffic = traffic(request);
        Group group = Group.of(traffic);
        Verdict verdict = requireNonNull(buckets.get(group)).refusal(Addresses.key(requireNonNull(address(request))));
        Limits limits = Limits.of(requireNonNull(policies.get(group)), verdict);
        long retryAfter = Math.max(1, Verdict.seconds(verdict.waitNanos())) + random.applyAsInt(SPREAD);
        HttpHeaders headers =
                response.status(ProblemType.TOO_MANY_REQUESTS.status().value()).responseHeaders();
        secureHeaders.write(headers, "https".equals(response.scheme()));
        headers.set(HttpHeaderNames.RETRY_AFTER, retryAfter)
                .set(Limits.POLICY, limits.policy())
                .set(Limits.STATE, limits.state())
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CONTENT_LENGTH, refusal.length);
        if (hasLongBody(request.requestHeaders())) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (TrafficClass.covers(path(request))) {
            books.offer(traffic).answered(ProblemType.TOO_MANY_REQUESTS.status().value(), true);
        }
        ledger.shed(traffic, Reason.ADDRESS_QUOTA, 1);
        return response.sendObject(Unpooled.wrappedBuffer(refusal));
    }

    private static boolean hasLongBody(HttpHeaders request) {
        return request.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (request.contains(HttpHeaderNames.CONTENT_LENGTH)
                        && request.getInt(HttpHeaderNames.CONTENT_LENGTH, Integer.MAX_VALUE) > BODY_TO_SKIP);
    }

    private @Nullable InetAddress address(HttpServerRequest request) {
        InetSocketAddress peer = request.remoteAddress();
        return peer == null
                ? null
                : addresses.of(peer.getAddress(), request.requestHeaders().getAll(FORWARDED));
    }

    /** What is no path of the API (pages, keys) is read, or counted as a write that nothing serves. */
    private static TrafficClass traffic(HttpServerRequest request) {
        String path = path(request);
        String method = request.method().name();
        return TrafficClass.covers(path) ? TrafficClass.of(method, path) : TrafficClass.of(method, "/v1/");
    }

    private static String path(HttpServerRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Before the edge's routes. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
