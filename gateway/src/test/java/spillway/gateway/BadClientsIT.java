package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "spillway.gateway.connections.most=2010",
            "spillway.gateway.connections.head-time=1s",
            "spillway.gateway.connections.body-time=1s",
            "spillway.gateway.connections.answer-time=1s"
        })
class BadClientsIT extends GatewayFixture {

    private static final int IDLE = 2_000;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long MEMORY_FOR_IDLERS = 64L * 1_024 * 1_024;

    private final MeterRegistry meters;
    private final List<Socket> sockets = new ArrayList<>();

    BadClientsIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void headersThatComeByteByByte_areGivenUp() throws IOException {
        Socket slow = connect();
        drip(slow, "GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(200));

        assertLastProblem(slow, 408, "request-timeout");
    }

    @Test
    void aBodyThatComesByteByByte_isGivenUp() throws IOException {
        Socket slow = connect();
        send(
                slow,
                "POST /dev/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n");
        drip(slow, " ".repeat(100));

        assertLastProblem(slow, 408, "request-timeout");
    }

    /** The answer was given; what is left of the request is not worth another. */
    @Test
    void aBodyThatNobodyWaitsFor_endsTheConnectionWithoutAnotherAnswer() throws IOException {
        Socket slow = connect();
        send(slow, "PUT /v1/posts/7/like HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n");
        drip(slow, " ".repeat(100));

        assertThat(rest(slow)).startsWith("HTTP/1.1 401").doesNotContain("408");
    }

    @Test
    void whatIsTooLong_isAProblem() {
        assertBareProblem(
                raw("GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n"),
                431,
                "headers-too-large");
        assertBareProblem(raw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414, "uri-too-long");
    }

    @Test
    void whatIsNoHttp_isAProblem() {
        assertBareProblem(raw("\u0016\u0003\u0001 what is this\r\n\r\n"), 400, "invalid-request");
        assertBareProblem(
                raw("GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"), 400, "invalid-request");
    }

    @Test
    void idleConnections_doNotKeepOthersOut_andLeaveNothingBehind() throws IOException {
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        for (int i = 0; i < IDLE; i++) {
            connect();
        }
        awaitConnections(IDLE, IDLE + 10);

        assertThat(get("/v1/posts/7").statusCode()).isEqualTo(200);
        assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
                .isLessThan(MEMORY_FOR_IDLERS);

        hangUp();
        awaitConnections(0, 10);
    }

    @Test
    void connectionsOverTheBound_areClosedAtOnce() throws IOException {
        for (int i = 0; i < 2_100; i++) {
            connect();
        }

        Awaitility.await()
                .until(() -> meters.get("spillway.gateway.connections.refused")
                                .counter()
                                .count()
                        >= 90);
        awaitConnections(1_990, 2_010);
    }

    /** Who closes its half has gone: nobody can tell it from one that will not read the answer. */
    @Test
    void aHalfClosedConnection_isClosed() throws IOException {
        Socket half = connect();
        half.shutdownOutput();

        assertThat(rest(half)).isEmpty();
    }

    @Test
    void aConnectionResetInItsBody_isForgotten() throws IOException {
        for (int i = 0; i < 50; i++) {
            Socket broken = connect();
            send(
                    broken,
                    "POST /v1/posts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                            + token() + "\r\nContent-Length: 2000\r\n\r\n{\"text\":");
            broken.setSoLinger(true, 0);
            broken.close();
        }

        awaitConnections(0, 10);
        assertThat(get("/v1/posts/7").statusCode()).isEqualTo(200);
    }

    @Test
    void aFloodOfPipelinedRequests_isAnsweredOneByOne() throws IOException {
        Socket flood = connect();
        String request = "GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\n\r\n";
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 2_000; i++) {
                send(flood, request);
            }
            send(flood, request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        });

        String answers = rest(flood);

        assertThat(writer.isAlive()).isFalse();
        assertThat(answers.split("HTTP/1.1 401", -1)).hasSize(2_002);
    }

    @Test
    void aClientThatDoesNotRead_isCutOff() throws IOException {
        String answer = "{\"text\":\"" + "a".repeat(1_000_000) + "\"}";
        CONTENT.answers(
                exchange -> FakeService.reply(exchange, 200, Map.of("Content-Type", "application/json"), answer));
        Socket deaf = new Socket();
        sockets.add(deaf);
        deaf.setReceiveBufferSize(4_096);
        deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        String request = "GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token() + "\r\n\r\n";
        send(deaf, request.repeat(20));

        awaitConnections(0, 10);
        assertThat(get("/v1/posts/7").statusCode()).isEqualTo(200);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A byte now and then, for as long as anybody listens. */
    private static void drip(Socket socket, String bytes) {
        Thread.ofVirtual().start(() -> {
            for (byte next : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
                try {
                    socket.getOutputStream().write(next);
                    Thread.sleep(50);
                } catch (IOException hungUp) {
                    return;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    /** All that comes before the connection ends, however it ends. */
    private static String rest(Socket socket) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[16_384];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                all.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketException reset) {
            // An end as good as any.
        }
        return all.toString();
    }

    private static void assertLastProblem(Socket socket, int status, String type) throws IOException {
        assertBareProblem(rest(socket), status, type);
    }

    private static void assertBareProblem(String answer, int status, String type) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("Content-Type: application/problem+json")
                .containsIgnoringCase("Connection: close")
                .contains("\"type\":\"urn:spillway:problem:" + type + "\"");
    }

    private void awaitConnections(int least, int most) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> meters.get("spillway.gateway.connections").gauge().value(),
                        open -> open >= least && open <= most);
    }
}
