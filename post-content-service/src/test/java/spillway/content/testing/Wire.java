package spillway.content.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A TCP wire to a database that can be cut and mended: its port stays, connections through it do not. */
public final class Wire implements AutoCloseable {

    private final URI target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener;

    /** A wire that is cut.
     *
     * @param jdbcUrl where it leads */
    public Wire(String jdbcUrl) {
        this.target = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.port = spillway.platform.testing.Wire.freePort();
    }

    /** The JDBC URL through the wire. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + target.getPath();
    }

    public synchronized void mend() {
        try {
            ServerSocket accepting = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            listener = accepting;
            Thread.ofVirtual().start(() -> accept(accepting));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void cut() {
        ServerSocket accepting = listener;
        listener = null;
        if (accepting != null) {
            close(accepting);
        }
        open.forEach(Wire::close);
        open.clear();
    }

    private void accept(ServerSocket accepting) {
        try {
            while (true) {
                Socket client = accepting.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> copy(client, server));
                Thread.ofVirtual().start(() -> copy(server, client));
            }
        } catch (IOException cut) {
            close(accepting);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // Both ends are closed by now, which is all a cut wire does.
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
