package spillway.gateway.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Requests as a server has them, each on a connection of its own, that are never answered. */
final class HeldRequests implements AutoCloseable {

    /** A browser's, behind a proxy. */
    private static final String HEADERS = """
            Host: localhost\r
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r
            Accept: */*\r
            Accept-Language: en\r
            Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl\r
            X-Forwarded-For: 203.0.113.7\r
            Spillway-Timeout: 2000\r
            Content-Length: 0\r
            \r
            """;

    private final BlockingQueue<Head> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .doOnChannelInit((observer, channel, remote) ->
                    channel.pipeline().addAfter(NettyPipeline.HttpCodec, "heads", new Heads()))
            .handle((request, response) -> {
                exchanges.add(new Exchange(request, response));
                return Mono.never();
            })
            .bindNow();

    /** A request at its first look, and as it is handed over. */
    record Held(Head head, Exchange exchange) {}

    record Head(Channel channel, HttpRequest request) {}

    record Exchange(HttpServerRequest request, HttpServerResponse response) {}

    Held take(String method, String path) {
        try {
            Socket socket = new Socket(server.host(), server.port());
            sockets.add(socket);
            String request = "%s %s HTTP/1.1\r\n%s".formatted(method, path, HEADERS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Head head = heads.poll(10, TimeUnit.SECONDS);
            Exchange exchange = exchanges.poll(10, TimeUnit.SECONDS);
            if (head == null || exchange == null) {
                throw new IllegalStateException("no request arrived");
            }
            return new Held(head, exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        server.disposeNow();
    }

    private final class Heads extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest head) {
                heads.add(new Head(context.channel(), head));
            }
            context.fireChannelRead(message);
        }
    }
}
