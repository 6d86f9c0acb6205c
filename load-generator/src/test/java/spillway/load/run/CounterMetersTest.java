package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import spillway.load.run.RunResult.Collapse;

class CounterMetersTest {

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch questions = new CountDownLatch(4);

    CounterMetersTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eachSecond_isTheLikesSinceTheLast_perWriteSinceTheLast() throws InterruptedException {
        answers(time -> meters(1_000 + 500L * time, 10 + 2L * time));

        assertThat(points()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(point -> {
            assertThat(point.likesPerWrite()).isEqualTo(250.0);
            assertThat(point.at()).isGreaterThan(0.9);
        });
    }

    @Test
    void aBatcherThatBeginsAnew_orDoesNotAnswer_leavesAGap() throws InterruptedException {
        answers(time -> switch (time) {
            case 0 -> meters(5_000, 50);
            case 1 -> meters(100, 1);
            case 2 -> "no meters yet";
            default -> meters(1_100, 11);
        });

        assertThat(points())
                .singleElement()
                .satisfies(point -> assertThat(point.likesPerWrite()).isEqualTo(100.0));
    }

    /** What was seen once the meters were asked four times. */
    private List<Collapse> points() throws InterruptedException {
        CounterMeters meters = new CounterMeters(uri(), Clock.SYSTEM);
        try (meters) {
            assertThat(questions.await(20, TimeUnit.SECONDS)).isTrue();
        }
        return meters.points();
    }

    private void answers(IntFunction<String> text) {
        server.createContext("/meters", exchange -> {
            byte[] body = text.apply(asked.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            questions.countDown();
        });
    }

    private static String meters(long likes, long writes) {
        return """
                # TYPE spillway_batcher_records_total counter
                spillway_batcher_records_total{application="like-batcher",family="shares"} 7.0
                spillway_batcher_records_total{application="like-batcher",family="likes"} %s
                spillway_batcher_counter_writes_total{application="like-batcher",family="likes"} %s
                """.formatted((double) likes, (double) writes);
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/meters");
    }
}
