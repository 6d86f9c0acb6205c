package spillway.gateway.quota;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.early.BareAnswer;
import spillway.gateway.early.FirstLook;
import spillway.gateway.early.Kept;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;
import spillway.platform.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses what an address sends over its quota, before a token is looked at: at the first look, and of what has none as the
 * first route of the server, one that matches only what it refuses. Each request is counted once. Thread-safe.
 *
 * <p>A customizer of the public server and not of the management port's.
 */
final class AddressGuard implements FirstLook, WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

    static final String FORWARDED = "X-Forwarded-For";

    private static final AttributeKey<Boolean> COUNTED = AttributeKey.valueOf(AddressGuard.class, "counted");

    /** Seconds by which those who are refused together come back apart. */
    private static final int SPREAD = 3;

    private final boolean enabled;
    private final Addresses addresses;
    private final Map<Group, Buckets> buckets = new EnumMap<>(Group.class);
    private final Map<Group, Policy> policies = new EnumMap<>(Group.class);
    private final Books books;
    private final ShedLedger ledger;
    private final BareAnswer refusal;
    private final IntUnaryOperator random;

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
        this.random = random;
        this.refusal = BareAnswer.problem(
                secureHeaders,
                json,
                ProblemType.TOO_MANY_REQUESTS.with(
                        "More comes from your address than one address may send; nothing was done."));
    }

    @Override
    public void customize(NettyReactiveWebServerFactory server) {
        if (enabled) {
            server.addRouteProviders(this::routes);
        }
    }

    @Override
    public @Nullable FullHttpResponse refuse(Channel channel, HttpRequest head, boolean secure) {
        if (!enabled) {
            return null;
        }
        InetAddress address = address(channel.remoteAddress(), head.headers());
        TrafficClass traffic = traffic(head.method().name(), head.uri());
        if (address != null && !admits(address, traffic)) {
            return refuse(address, traffic, head.uri(), secure);
        }
        channel.attr(COUNTED).set(true);
        return null;
    }

    @Override
    public void passed(Channel channel) {
        channel.attr(COUNTED).set(null);
    }

    private HttpServerRoutes routes(HttpServerRoutes routes) {
        return routes.route(request -> !admits(request), this::refuse);
    }

    private boolean admits(HttpServerRequest request) {
        if (Kept.take(request, COUNTED) != null) {
            return true;
        }
        InetAddress address = address(request.remoteAddress(), request.requestHeaders());
        return address == null || admits(address, traffic(request.method().name(), request.uri()));
    }

    private boolean admits(InetAddress address, TrafficClass traffic) {
        return addresses.isExempt(address)
                || requireNonNull(buckets.get(Group.of(traffic))).admits(Addresses.key(address));
    }

    private Publisher<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
        return BareAnswer.send(
                request,
                response,
                refuse(
                        requireNonNull(address(request.remoteAddress(), request.requestHeaders())),
                        traffic(request.method().name(), request.uri()),
                        request.uri(),
                        "https".equals(request.scheme())));
    }

    private FullHttpResponse refuse(InetAddress address, TrafficClass traffic, String uri, boolean secure) {
        Group group = Group.of(traffic);
        Verdict verdict = requireNonNull(buckets.get(group)).refusal(Addresses.key(address));
        Limits limits = Limits.of(requireNonNull(policies.get(group)), verdict);
        long retryAfter = Math.max(1, Verdict.seconds(verdict.waitNanos())) + random.applyAsInt(SPREAD);
        FullHttpResponse answer = refusal.make(secure);
        answer.headers()
                .set(HttpHeaderNames.RETRY_AFTER, retryAfter)
                .set(Limits.POLICY, limits.policy())
                .set(Limits.STATE, limits.state());
        if (TrafficClass.covers(path(uri))) {
            books.offer(traffic).answered(answer.status().code(), true);
        }
        ledger.shed(traffic, Reason.ADDRESS_QUOTA, 1);
        return answer;
    }

    private @Nullable InetAddress address(@Nullable SocketAddress peer, HttpHeaders headers) {
        return peer instanceof InetSocketAddress internet
                ? addresses.of(internet.getAddress(), headers.getAll(FORWARDED))
                : null;
    }

    /** What is no path of the API (pages, keys) is read, or counted as a write that nothing serves. */
    private static TrafficClass traffic(String method, String uri) {
        String path = path(uri);
        return TrafficClass.covers(path) ? TrafficClass.of(method, path) : TrafficClass.of(method, "/v1/");
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Before the edge's routes. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
