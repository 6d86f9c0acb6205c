package spillway.gateway.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import spillway.gateway.early.FirstLook;
import spillway.gateway.quota.Addresses;

/**
 * The connections to the public server: bounded, and looked at once a second, all of an event loop in one task of it, so
 * that no request pays for a timer of its own. Thread-safe.
 */
final class Connections implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, DisposableBean {

    private final ConnectionRules rules;
    private final Addresses addresses;
    private final BareProblem problems;
    private final AnswerDate date;
    private final List<FirstLook> looks;
    private final LongSupplier nanos;
    private final BooleanSupplier leaving;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<EventLoop, Round> rounds = new ConcurrentHashMap<>();
    private final Counter refused;

    /**
     * @param looks at each request, in this order
     * @param nanos as {@link System#nanoTime}
     * @param leaving whether each answer is to be the last of its connection
     */
    Connections(
            ConnectionRules rules,
            Addresses addresses,
            BareProblem problems,
            AnswerDate date,
            List<FirstLook> looks,
            LongSupplier nanos,
            BooleanSupplier leaving,
            MeterRegistry meters) {
        this.rules = rules;
        this.addresses = addresses;
        this.problems = problems;
        this.date = date;
        this.looks = List.copyOf(looks);
        this.nanos = nanos;
        this.leaving = leaving;
        Gauge.builder("spillway.gateway.connections", open, AtomicInteger::get)
                .description("Connections to the public port")
                .register(meters);
        this.refused = Counter.builder("spillway.gateway.connections.refused")
                .description("Connections over a bound, closed at once")
                .register(meters);
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(
                server -> server.doOnChannelInit((observer, channel, remote) -> admit(channel, remote)));
    }

    @Override
    public void destroy() {
        rounds.values().forEach(Round::end);
    }

    private void admit(Channel channel, @Nullable SocketAddress remote) {
        InetAddress counted = counted(remote);
        int all = open.incrementAndGet();
        int ofAddress = counted == null ? 0 : byAddress.merge(counted, 1, Integer::sum);
        giveBackWhenClosed(channel, counted);
        if (all > rules.most() || ofAddress > rules.mostPerAddress()) {
            refused.increment();
            // Reset, so that nothing of it is left here either.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var unused = channel.close();
            return;
        }
        WatchedConnection connection = new WatchedConnection(channel, rules, problems, date, looks, nanos, leaving);
        connection.watch();
        rounds.computeIfAbsent(channel.eventLoop(), Round::new).join(channel, connection);
    }

    private void giveBackWhenClosed(Channel channel, @Nullable InetAddress counted) {
        var unused = channel.closeFuture().addListener(closed -> {
            open.decrementAndGet();
            if (counted != null) {
                byAddress.computeIfPresent(counted, (address, count) -> count == 1 ? null : count - 1);
            }
        });
    }

    /** The peer, unless any number of connections is its right. */
    private @Nullable InetAddress counted(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress peer
                        && !addresses.isProxy(peer.getAddress())
                        && !addresses.isExempt(peer.getAddress())
                ? peer.getAddress()
                : null;
    }

    /** The connections of one event loop, touched by no other thread. */
    private final class Round {

        private final Set<WatchedConnection> members = new HashSet<>();
        private final Future<?> looking;

        Round(EventLoop loop) {
            looking = loop.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
        }

        void join(Channel channel, WatchedConnection connection) {
            members.add(connection);
            var unused = channel.closeFuture().addListener(closed -> members.remove(connection));
        }

        void look() {
            long now = nanos.getAsLong();
            // A copy: what is ended leaves at once.
            List.copyOf(members).forEach(member -> member.look(now));
        }

        void end() {
            looking.cancel(false);
        }
    }
}
