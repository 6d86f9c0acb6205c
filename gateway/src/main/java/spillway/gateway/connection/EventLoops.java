package spillway.gateway.connection;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The threads that read and write: some for connections of callers, others for those to services, so that an answer goes
 * out before new requests come in.
 *
 * <p>On threads of both, the answer of a service waits in line with all callers who want something, and keeps the place of
 * its request meanwhile: two thousand connections that are refused at once leave no room for a post, though its service is
 * idle. For the same reason the callers' threads look at few sockets at a time where they can (epoll): the answers that
 * others hand them to write are done in between.
 */
public final class EventLoops implements DisposableBean {

    /** Sockets that a thread looks at before it does what it was handed. */
    private static final int AT_A_TIME = 32;

    private static final int FEWEST_TO_SERVICES = 2;

    private final LoopResources callers;
    private final LoopResources services;

    EventLoops() {
        this.callers = Epoll.isAvailable()
                ? new FewAtATime("http-callers", LoopResources.DEFAULT_IO_WORKER_COUNT)
                : LoopResources.create("http-callers", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
        this.services = LoopResources.create(
                "http-services", Math.max(FEWEST_TO_SERVICES, LoopResources.DEFAULT_IO_WORKER_COUNT / 2), true);
    }

    /** Those of the public server. */
    LoopResources callers() {
        return callers;
    }

    /** Those of the client that passes requests on. */
    public LoopResources services() {
        return services;
    }

    @Override
    public void destroy() {
        callers.dispose();
        services.dispose();
    }

    private static final class FewAtATime implements LoopResources {

        private final EventLoopGroup group;

        FewAtATime(String name, int threads) {
            AtomicInteger number = new AtomicInteger();
            ThreadFactory factory = task -> {
                Loop loop = new Loop(task, name + "-" + number.incrementAndGet());
                loop.setDaemon(true);
                return loop;
            };
            this.group = new MultiThreadIoEventLoopGroup(
                    threads, factory, EpollIoHandler.newFactory(AT_A_TIME, DefaultSelectStrategyFactory.INSTANCE));
        }

        @Override
        public EventLoopGroup onServer(boolean useNative) {
            return group;
        }

        @Override
        public boolean daemon() {
            return true;
        }

        @Override
        public void dispose() {
            var unused = group.shutdownGracefully();
        }
    }

    /** Reactor refuses to block such a thread. */
    private static final class Loop extends FastThreadLocalThread implements NonBlocking {
        Loop(Runnable task, String name) {
            super(task, name);
        }
    }
}
