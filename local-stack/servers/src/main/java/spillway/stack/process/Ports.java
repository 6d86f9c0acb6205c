package spillway.stack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports: finding free ones, and seeing whether one is taken. */
public final class Ports {

    private static final int CONNECT_MILLIS = 500;
    private static final int LOWEST_FREE = 20_000;
    private static final int FIRST_LENT = 32_768;

    private Ports() {}

    /**
     * A port nobody listens on at the moment of asking, below those that systems hand to outgoing connections (32,768
     * up on Linux, 49,152 up elsewhere). One of those could be lent to any connection before its server, which may take
     * ten seconds to start, binds it; and whoever asks there whether the server answers yet could be connected to
     * itself.
     *
     * @return a port of 20,000 to 32,767
     */
    public static int free() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(LOWEST_FREE, FIRST_LENT);
        } while (isTaken(port));
        return port;
    }

    /** Whether a server could not bind the port now. */
    public static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS * 4);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
