package spillway.gateway.expand;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A response that keeps the body of a good answer back, to be written later; any other answer passes. */
final class HeldAnswer extends ServerHttpResponseDecorator {

    /** Above the largest page there is: a hundred posts of less than 64 KiB each. */
    private static final int LARGEST = 8 << 20;

    private volatile byte @Nullable [] body;

    HeldAnswer(ServerHttpResponse response) {
        super(response);
    }

    /** What was kept back; null when the answer has passed. */
    byte @Nullable [] body() {
        return body;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (!isGood()) {
            return super.writeWith(body);
        }
        this.body = new byte[0];
        return DataBufferUtils.join(Flux.from(body), LARGEST)
                .doOnNext(whole -> {
                    byte[] bytes = new byte[whole.readableByteCount()];
                    whole.read(bytes);
                    DataBufferUtils.release(whole);
                    this.body = bytes;
                })
                .then();
    }

    private boolean isGood() {
        MediaType type = getHeaders().getContentType();
        return HttpStatus.OK.equals(getStatusCode())
                && type != null
                && type.isCompatibleWith(MediaType.APPLICATION_JSON);
    }
}
