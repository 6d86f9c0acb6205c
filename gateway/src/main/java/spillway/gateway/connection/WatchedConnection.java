package spillway.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import spillway.gateway.early.EarlyAnswers;
import spillway.gateway.early.FirstLook;

/**
 * One connection to the public server, watched from both sides of its codec: bytes before it, requests and answers after it.
 * Everything happens on the connection's event loop.
 *
 * <p>It also sees to it that an idle connection is read. The server reads when it wants more; when a request came before the
 * answer to the one before had ended, and was itself answered at once, Reactor Netty up to 1.3.7 forgets to (its issue 4361),
 * and whatever the peer sends next waits for ever.
 */
final class WatchedConnection {

    private final Channel channel;
    private final Progress progress;
    private final BareProblem problems;
    private final AnswerDate date;
    private final List<FirstLook> looks;
    private final LongSupplier nanos;
    private final BooleanSupplier leaving;
    private @Nullable HttpRequest request;

    /**
     * @param looks at each request, in this order
     * @param nanos as {@link System#nanoTime}
     * @param leaving whether each answer is to be the last of its connection
     */
    WatchedConnection(
            Channel channel,
            ConnectionRules rules,
            BareProblem problems,
            AnswerDate date,
            List<FirstLook> looks,
            LongSupplier nanos,
            BooleanSupplier leaving) {
        this.channel = channel;
        this.progress = new Progress(rules);
        this.problems = problems;
        this.date = date;
        this.looks = looks;
        this.nanos = nanos;
        this.leaving = leaving;
    }

    void watch() {
        boolean secure = channel.pipeline().get(NettyPipeline.SslHandler) != null;
        channel.pipeline()
                .addBefore(NettyPipeline.HttpCodec, "spillway.bytes", new Bytes())
                .addAfter(NettyPipeline.HttpCodec, "spillway.messages", new Messages())
                .addAfter("spillway.messages", "spillway.early", new EarlyAnswers(looks, secure, this::isAlone))
                // Where the server's own handler still sees it, and closes.
                .addAfter(NettyPipeline.HttpTrafficHandler, "spillway.last", new LastAnswers());
    }

    /** Ends the connection if it takes too long over something. */
    void look(long now) {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        switch (progress.look(now, pending == null ? 0 : pending.totalPendingWriteBytes())) {
            case NONE -> readOn();
            case REQUEST -> giveUp();
            case ANSWER -> close();
        }
    }

    /** Whether the newest request is the only one, and more may follow. */
    private boolean isAlone() {
        return progress.isLast() && !leaving.getAsBoolean();
    }

    private void readOn() {
        if (isForgotten() && channel.isActive()) {
            channel.read();
        }
    }

    /** Where reading is automatic nobody has to think of it. */
    private boolean isForgotten() {
        return progress.isIdle() && !channel.config().isAutoRead();
    }

    private void giveUp() {
        ChannelHandlerContext codec = channel.pipeline().context(NettyPipeline.HttpCodec);
        if (codec == null || !progress.canBeTold()) {
            close();
            return;
        }
        FullHttpResponse tooSlow = problems.tooSlow();
        date(tooSlow);
        // Below the server's own handlers: what they say later finds the connection closed.
        var unused = channel.pipeline()
                .context(Messages.class)
                .writeAndFlush(tooSlow)
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void close() {
        var unused = channel.close();
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            progress.bytesCame(nanos.getAsLong());
            context.fireChannelRead(bytes);
        }
    }

    private final class Messages extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest head) {
                request = head;
                progress.headEnded(nanos.getAsLong());
            }
            if (message instanceof LastHttpContent) {
                progress.bodyEnded();
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            Object written = message;
            if (message instanceof HttpResponse answer && isFinal(answer)) {
                progress.answerBegan();
                if (isUnreadable() && message instanceof FullHttpResponse) {
                    written = problems.unreadable(answer.status());
                    ReferenceCountUtil.release(message);
                }
            }
            if (message instanceof LastHttpContent) {
                progress.answerEnded();
                if (isForgotten()) {
                    // Once the server has finished with it.
                    context.executor().execute(WatchedConnection.this::readOn);
                }
            }
            if (written instanceof HttpResponse answer && isFinal(answer)) {
                date(answer);
            }
            var unused = context.write(written, promise);
        }

        /** What cannot be read is the last of its connection; an earlier answer may still be on its way. */
        private boolean isUnreadable() {
            return request != null && request.decoderResult().isFailure() && progress.isLast();
        }
    }

    private final class LastAnswers extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse answer && isFinal(answer) && leaving.getAsBoolean()) {
                answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            var unused = context.write(message, promise);
        }
    }

    /** A service's answer keeps its own date. */
    private void date(HttpResponse answer) {
        if (!answer.headers().contains(HttpHeaderNames.DATE)) {
            answer.headers().set(HttpHeaderNames.DATE, date.now());
        }
    }

    private static boolean isFinal(HttpResponse answer) {
        return answer.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }
}
