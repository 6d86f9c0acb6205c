package spillway.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void cutAndMendedAtOnce_asOftenAsAsked_whileClientsTryToComeBack() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Wire wire = new Wire("127.0.0.1", server.getLocalPort())) {
            Thread.ofPlatform().daemon().start(() -> echo(server));
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

    private static boolean asks(Wire wire) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
            socket.getOutputStream().write('!');
            return socket.getInputStream().read() == '!';
        } catch (IOException cut) {
            return false;
        }
    }

    private static void echo(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(socket.getInputStream().read());
            } catch (IOException gone) {
                // The client's, or the server's at the end.
            }
        }
    }
}
