package spillway.platform.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void cutAndMendedAtOnce_asOftenAsAsked_whileClientsTryToComeBack() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Wire wire = new Wire("127.0.0.1", server.getLocalPort())) {
            Thread.ofPlatform().daemon().start(() -> echo(server, new AtomicInteger()));
            Thread client = Thread.ofPlatform().daemon().start(() -> {
                while (!done.get()) {
                    asks(wire);
                }
            });
            for (int round = 0; round < 500; round++) {
                wire.mend();
                wire.cut();
            }
            done.set(true);
            client.join();

            assertThat(asks(wire)).isFalse();
            wire.mend();
            assertThat(asks(wire)).isTrue();
        }
    }

    @Test
    void lostReplies_areOfRequestsThatArrived() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Wire wire = new Wire("127.0.0.1", server.getLocalPort())) {
            Thread.ofPlatform().daemon().start(() -> echo(server, arrived));
            wire.mend();
            wire.loseReplies();

            assertThat(asks(wire)).isFalse();
            assertThat(arrived).hasValue(1);
            wire.calm();
            assertThat(asks(wire)).isTrue();
        }
    }

    @Test
    void aStall_holdsBack_untilItIsCalm() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Wire wire = new Wire("127.0.0.1", server.getLocalPort())) {
            Thread.ofPlatform().daemon().start(() -> echo(server, arrived));
            wire.mend();
            wire.stall();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
                socket.setSoTimeout(200);
                socket.getOutputStream().write('!');
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                assertThat(arrived).hasValue(0);

                socket.setSoTimeout(10_000);
                wire.calm();
                assertThat(socket.getInputStream().read()).isEqualTo('!');
            }
        }
    }

    @Test
    void aServerThatIsAway_endsTheClientsConnection() throws IOException {
        try (Wire wire = new Wire("127.0.0.1", Wire.freePort())) {
            wire.mend();
            assertThat(asks(wire)).isFalse();
        }
    }

    private static boolean asks(Wire wire) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
            socket.getOutputStream().write('!');
            return socket.getInputStream().read() == '!';
        } catch (IOException cut) {
            return false;
        }
    }

    private static void echo(ServerSocket server, AtomicInteger arrived) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                int asked = socket.getInputStream().read();
                arrived.incrementAndGet();
                socket.getOutputStream().write(asked);
            } catch (IOException gone) {
                // The client's, or the server's at the end.
            }
        }
    }
}
