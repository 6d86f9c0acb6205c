package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.ledger.Books;
import spillway.gateway.shed.ShedLedger;
import tools.jackson.databind.json.JsonMapper;

class FrontTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Admission admission =
            new Admission(TestRules.defaults(), Limits::adaptive, System::nanoTime, ThreadLocalRandom::current);
    private final Front front = new Front(
            admission,
            new Refusals(new SecureHeaders(), JsonMapper.shared()),
            new Books(meters),
            new ShedLedger(InstantSource.system(), meters),
            new Silence(),
            System::nanoTime);
    private final HeldRequests requests = new HeldRequests();
    private final HeldRequests.Held post = requests.take("POST", "/v1/posts");

    @AfterEach
    void close() {
        requests.close();
    }

    @Test
    void whatWasLetInAtItsFirstLook_isNotDecidedOnAgain() {
        assertThat(look()).isTrue();
        assertThat(underWay()).isEqualTo(1);

        handOver();
        front.passed(post.head().channel());

        assertThat(underWay()).isEqualTo(1);
    }

    @Test
    void whatIsNotHandedOverOnTheSpot_givesItsPlaceBack_andIsDecidedOnThen() {
        assertThat(look()).isTrue();

        front.passed(post.head().channel());
        assertThat(underWay()).isZero();
        handOver();

        assertThat(underWay()).isEqualTo(1);
    }

    @Test
    void whatHadNoFirstLook_isDecidedOnWhenItIsHandedOver() {
        handOver();

        assertThat(underWay()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/posts, /v1/posts",
        "/v1/posts?expand=/v2/, /v1/posts",
        "http://elsewhere/v1/posts?a=b, /v1/posts",
        "http://elsewhere, ''",
        "*, ''",
        "elsewhere:443, ''",
        "//v1/posts, //v1/posts"
    })
    void path_isThatOfTheBooks_howeverTheTargetIsWritten(String target, String path) {
        assertThat(Front.path(target)).isEqualTo(path);
    }

    private boolean look() {
        return front.refuse(post.head().channel(), post.head().request(), false) == null;
    }

    private void handOver() {
        Mono.from(front.handle(post.exchange().request(), post.exchange().response()))
                .subscribe();
    }

    private int underWay() {
        return admission.of(Lane.CONTENT).underWay();
    }

    private static final class Silence implements Next {

        @Override
        public boolean batches(String method, String uri, HttpHeaders headers) {
            return false;
        }

        @Override
        public Publisher<Void> handle(
                HttpServerRequest request, HttpServerResponse response, boolean batched, Passage passage) {
            return Mono.never();
        }
    }
}
