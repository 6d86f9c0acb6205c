package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KeepAliveIT extends GatewayFixture {

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);
    private static final int PATIENCE_MILLIS = 5_000;

    /** What is answered at once after having waited must not leave the connection unread. */
    @Test
    void aRequestThatCameBeforeTheLastAnswer_leavesTheConnectionUsable() throws IOException {
        CONTENT.answers(exchange -> FakeService.reply(exchange, 200, Map.of(), "{}"));
        String slow = "GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token() + "\r\n\r\n";
        String refusedAtOnce = "PUT /v1/posts/7/like HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
        String body = "{\"userId\":\"42\"}";
        String next = "POST /dev/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;

        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port())) {
            connection.setSoTimeout(PATIENCE_MILLIS);
            send(connection, slow + refusedAtOnce);
            assertThat(answer(connection)).startsWith("HTTP/1.1 200");
            assertThat(answer(connection)).startsWith("HTTP/1.1 401");

            send(connection, next);
            assertThat(answer(connection)).startsWith("HTTP/1.1 200");
        }
    }

    private static void send(Socket connection, String requests) throws IOException {
        connection.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as(head.toString()).isNotNegative();
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        return head.toString();
    }
}
