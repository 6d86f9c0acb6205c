package spillway.gateway.early;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers for the server what a {@link FirstLook} refuses: between the codec and the server's own handlers, which cost more
 * than all that is decided about a request. It takes only what it can answer without them: one ordinary request
 * of HTTP/1.1 at a time, with a small body at most, on a connection that stays. All others pass.
 *
 * <p>The body is skipped, and the answer follows its end: whatever comes next on the connection is another request. The
 * server asks for more when it wants to read on, and knows nothing of such a request: that it is read is seen to here.
 */
public final class EarlyAnswers extends ChannelInboundHandlerAdapter {

    private final List<FirstLook> looks;
    private final boolean secure;
    private final BooleanSupplier takes;
    private @Nullable FullHttpResponse answer;

    /**
     * @param looks the first that refuses is the one that answers
     * @param secure whether the connection is one by TLS
     * @param takes whether the connection's newest request has no other before it, and is not to be the last
     */
    public EarlyAnswers(List<FirstLook> looks, boolean secure, BooleanSupplier takes) {
        this.looks = looks;
        this.secure = secure;
        this.takes = takes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (answer != null) {
            skip(context, message, answer);
        } else if (message instanceof HttpRequest head && isOrdinary(head) && takes.getAsBoolean()) {
            decide(context, head);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    private void decide(ChannelHandlerContext context, HttpRequest head) {
        for (FirstLook look : looks) {
            answer = look.refuse(context.channel(), head, secure);
            if (answer != null) {
                break;
            }
        }
        if (answer == null) {
            // By the time it returns, the server has called whoever handles the request.
            context.fireChannelRead(head);
        } else {
            ReferenceCountUtil.release(head);
            context.read();
        }
        for (FirstLook look : looks) {
            look.passed(context.channel());
        }
    }

    private void skip(ChannelHandlerContext context, Object message, FullHttpResponse refusal) {
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            answer = null;
            var unused = context.writeAndFlush(refusal);
        }
        context.read();
    }

    private void drop() {
        ReferenceCountUtil.release(answer);
        answer = null;
    }

    private static boolean isOrdinary(HttpRequest head) {
        return head.decoderResult().isSuccess()
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && HttpUtil.isKeepAlive(head)
                && !head.headers().contains(HttpHeaderNames.EXPECT)
                && !BareAnswer.hasLongBody(head.headers());
    }
}
