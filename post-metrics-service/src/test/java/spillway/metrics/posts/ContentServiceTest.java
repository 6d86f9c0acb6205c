package spillway.metrics.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import spillway.metrics.problem.Unavailable;
import spillway.metrics.testing.FakeContent;
import spillway.platform.instance.AwayRules;
import spillway.platform.instance.Instances;
import spillway.platform.instance.RetryBudget;

class ContentServiceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final FakeContent content = new FakeContent();
    private URI gone = URI.create("none");

    @BeforeEach
    void findAClosedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        content.has(7);
    }

    @AfterEach
    void stop() {
        content.close();
    }

    private static ContentService service(int retries, URI... instances) {
        RestClient http = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory(HttpClient.newHttpClient()))
                .build();
        return new ContentService(
                http,
                new Instances(
                        List.of(instances),
                        new AwayRules(3, Duration.ofHours(1)),
                        System::nanoTime,
                        () -> new Random(1)),
                new RetryBudget(0, retries, retries),
                TIMEOUT,
                1,
                0);
    }

    @Test
    void anInstanceThatIsGone_isPassedOver_withoutABudget() {
        ContentService service = service(0, gone, URI.create(content.url()));

        assertThat(IntStream.range(0, 20)).allMatch(i -> service.has(7, "token"));
        assertThat(service.has(8, "token")).isFalse();
        assertThat(content.asked()).isEqualTo(21);
    }

    @Test
    void anInstanceThatBreaksOff_isPassedOver_asOftenAsTheBudgetAllows() throws IOException {
        try (ServerSocket breaking = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> breakOffAll(breaking));
            ContentService service =
                    service(1, URI.create("http://127.0.0.1:" + breaking.getLocalPort()), URI.create(content.url()));

            assertThat(service.has(7, "token")).isTrue();
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> service.has(7, "token"));
            assertThat(content.asked()).isEqualTo(1);
        }
    }

    /** Reads the beginning of each request and ends its connection. */
    private static void breakOffAll(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket accepted = listening.accept()) {
                accepted.getInputStream().read(new byte[1_000]);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void anInstanceThatAnswersBadly_isNotPassedOver() {
        content.breakDown(true);
        try (FakeContent other = new FakeContent()) {
            other.has(7);
            ContentService service = service(3, URI.create(content.url()), URI.create(other.url()));

            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> service.has(7, "token"));
            assertThat(other.asked()).isZero();
        }
    }

    @Test
    void withoutAnyInstance_nobodyCanSay() {
        ContentService service = service(3, gone);

        assertThat(IntStream.range(0, 5))
                .allSatisfy(
                        i -> assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> service.has(7, "token")));
    }
}
