package spillway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

@SpringBootTest(
        classes = EchoApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.kafka.admin.auto-create=false", "server.tomcat.max-connections=3"})
class ConnectionsTest {

    private static final byte[] REQUEST =
            "GET /v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MOST = 3;

    @LocalServerPort
    private int port;

    @Autowired
    private Environment environment;

    @Test
    void pastTheBound_connectionsWaitUntilOneEnds() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < MOST; i++) {
                open.add(ask());
                assertThat(open.getLast().getInputStream().read()).isEqualTo('H');
            }
            // Tomcat takes one more than it serves before it stops taking any.
            open.add(ask());
            Socket waiting = ask();
            open.add(waiting);
            waiting.setSoTimeout(500);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> waiting.getInputStream().read());

            open.removeFirst().close();
            open.removeFirst().close();
            waiting.setSoTimeout(20_000);
            assertThat(waiting.getInputStream().read()).isEqualTo('H');
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void whatWaitsInTheKernel_isBounded() {
        assertThat(environment.getRequiredProperty("server.tomcat.accept-count", Integer.class))
                .isBetween(1, 1_000);
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(REQUEST);
        return socket;
    }
}
