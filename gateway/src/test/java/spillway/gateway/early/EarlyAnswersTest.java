package spillway.gateway.early;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.gateway.access.SecureHeaders;

class EarlyAnswersTest {

    private static final String REFUSED = "HTTP/1.1 202 Accepted";

    private final Look first = new Look("first", uri -> uri.contains("first"));
    private final Look second = new Look("second", uri -> uri.contains("second"));
    private final List<String> calls = new ArrayList<>();
    private boolean alone = true;
    private int reads;

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext context) {
                    reads++;
                    context.read();
                }
            },
            new HttpServerCodec(),
            new EarlyAnswers(List.of(first, second), false, () -> alone));

    /** As the server has it, which reads when it wants more. */
    @BeforeEach
    void readOnlyWhenAsked() {
        channel.config().setAutoRead(false);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsRefused_isAnswered_andTheServerSeesNothingOfIt() {
        int before = reads;

        send("PUT /second HTTP/1.1\r\nContent-Length: 0\r\n\r\n");

        assertThat(answers()).startsWith(REFUSED).contains("sampled");
        assertThat(seenByServer()).isEmpty();
        assertThat(calls).containsExactly("first?", "second?", "first passed", "second passed");
        assertThat(reads).as("the next request is asked for").isGreaterThan(before);
    }

    @Test
    void theFirstThatRefuses_isTheLastThatIsAsked() {
        send("PUT /first/second HTTP/1.1\r\n\r\n");

        assertThat(answers()).startsWith(REFUSED);
        assertThat(calls).containsExactly("first?", "first passed", "second passed");
    }

    @Test
    void whatNobodyRefuses_isHandedOver_beforeWhatIsKnownOfItIsForgotten() {
        send("PUT /fine HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi");

        assertThat(answers()).isEmpty();
        assertThat(seenByServer()).first().isInstanceOf(HttpRequest.class);
        assertThat(calls).containsExactly("first?", "second?", "first passed", "second passed");
    }

    @Test
    void aRefusedBody_isReadToItsEnd_beforeTheAnswer() {
        int before = reads;

        send("POST /first HTTP/1.1\r\nContent-Length: 10\r\n\r\n");
        assertThat(reads).as("the body is asked for").isGreaterThan(before);
        before = reads;
        send("hello");
        assertThat(answers()).isEmpty();
        assertThat(reads).as("the rest is asked for").isGreaterThan(before);
        send("world");

        assertThat(answers()).startsWith(REFUSED);
        assertThat(seenByServer()).isEmpty();
    }

    @Test
    void afterARefusal_theConnectionGoesOn() {
        send("PUT /first HTTP/1.1\r\n\r\n");
        send("PUT /fine HTTP/1.1\r\n\r\n");
        send("PUT /first HTTP/1.1\r\n\r\n");

        assertThat(answers().split(REFUSED, -1)).hasSize(3);
        assertThat(seenByServer()).hasSize(2).first().isInstanceOf(HttpRequest.class);
        assertThat(channel.isOpen()).isTrue();
    }

    /** What the server has to say or to do about these is more than an answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /first HTTP/1.0\r\n\r\n",
                "PUT /first HTTP/1.1\r\nConnection: close\r\n\r\n",
                "PUT /first HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
                "PUT /first HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "PUT /first HTTP/1.1\r\nContent-Length: 65537\r\n\r\n",
                "PUT /first HTTP/1.1\r\nContent-Length: 100000\r\n\r\n",
                "PUT /first HTTP/1.1\r\n no: header\r\n\r\n"
            })
    void whatIsOutOfTheOrdinary_isNobodysFirstLook(String request) {
        send(request);

        assertThat(answers()).isEmpty();
        assertThat(seenByServer()).isNotEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void whatComesBeforeAnAnswer_isNobodysFirstLook() {
        alone = false;

        send("PUT /first HTTP/1.1\r\n\r\n");

        assertThat(answers()).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void aConnectionThatEndsInARefusedBody_leavesNothingBehind() {
        send("POST /first HTTP/1.1\r\nContent-Length: 10\r\n\r\nhello");

        var unused = channel.close();

        assertThat(requireNonNull(first.made).refCnt()).isZero();
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private String answers() {
        StringBuilder said = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            said.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return said.toString();
    }

    private List<HttpObject> seenByServer() {
        List<HttpObject> seen = new ArrayList<>();
        for (HttpObject message = channel.readInbound(); message != null; message = channel.readInbound()) {
            seen.add(message);
            ReferenceCountUtil.release(message);
        }
        return seen;
    }

    private final class Look implements FirstLook {

        private final String name;
        private final Predicate<String> refuses;
        private final BareAnswer answer = BareAnswer.json(
                new SecureHeaders(), 202, "{\"status\":\"sampled\"}".getBytes(StandardCharsets.US_ASCII));
        private @Nullable FullHttpResponse made;

        Look(String name, Predicate<String> refuses) {
            this.name = name;
            this.refuses = refuses;
        }

        @Override
        public @Nullable FullHttpResponse refuse(Channel on, HttpRequest head, boolean secure) {
            calls.add(name + "?");
            made = refuses.test(head.uri()) ? answer.make(secure) : null;
            return made;
        }

        @Override
        public void passed(Channel on) {
            calls.add(name + " passed");
        }
    }
}
