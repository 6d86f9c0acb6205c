package spillway.load.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers every request of the API alike, on one thread: a token, an id for whatever is created, 202 for the rest. It
 * counts nothing, so no run against it can be exact. It can be paused for a while, and answer with a delay.
 *
 * <p>As a program: {@code EchoServer PORT [DELAY_MILLIS]}.
 */
public final class EchoServer implements AutoCloseable {

    private static final int LARGEST_BODY = 1 << 20;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicLong ids = new AtomicLong(1);
    private final long delayMillis;
    private final Channel channel;

    public EchoServer(int port, Duration delay) {
        this.delayMillis = delay.toMillis();
        this.channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST_BODY), new Answers());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    public static void main(String[] args) {
        new EchoServer(Integer.parseInt(args[0]), Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 0))
                .channel
                .closeFuture()
                .syncUninterruptibly();
    }

    public String url() {
        return "http://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** From the given delay on does nothing at all for so long, as a server does that collects garbage. */
    public void pause(Duration in, Duration length) {
        var unused = loop.schedule(() -> sleep(length), in.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static void sleep(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
            String path = request.uri();
            HttpResponseStatus status = HttpResponseStatus.ACCEPTED;
            String body = "{\"receipt\":\"r\",\"status\":\"accepted\",\"drainEstimateMillis\":250}";
            if (path.startsWith("/dev/")) {
                status = HttpResponseStatus.OK;
                body = "{\"token\":\"" + "x".repeat(400) + "\"}";
            } else if (path.equals("/v1/posts")) {
                status = HttpResponseStatus.CREATED;
                body = "{\"id\":\"" + ids.incrementAndGet() + "\"}";
            } else if (path.startsWith("/v1/writes/")) {
                body = "{\"status\":\"applied\"}";
            }
            ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
            DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes);
            answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.readableBytes());
            boolean keep = HttpUtil.isKeepAlive(request);
            Runnable write = () -> {
                var sent = connection.writeAndFlush(answer);
                if (!keep) {
                    sent.addListener(ChannelFutureListener.CLOSE);
                }
            };
            if (delayMillis > 0) {
                var unused = connection.executor().schedule(write, delayMillis, TimeUnit.MILLISECONDS);
            } else {
                write.run();
            }
        }
    }
}
