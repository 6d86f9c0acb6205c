package spillway.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A TCP wire to a server that can be cut and mended: its port stays, connections through it do not. */
public final class Wire implements AutoCloseable {

    private final String host;
    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable Listener listener;

    private record Listener(ServerSocket socket, Thread accepting) {}

    /** A wire that is cut, to the server at an address. */
    public Wire(String host, int target) {
        this.host = host;
        this.target = target;
        this.port = freePort();
    }

    /**
     * A port that is free and below those that systems give to clients. While a wire is cut nobody listens on its port, and
     * a client that tries again and again to reach it would sooner or later be given that very port for itself.
     */
    public static int freePort() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(candidate, 50, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // Another one, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where the wire is entered, on the loopback address. */
    public int port() {
        return port;
    }

    public synchronized void mend() {
        try {
            ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            listener = new Listener(socket, Thread.ofPlatform().daemon().start(() -> accept(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * When this returns, the port is free and no connection is left. A socket that a thread waits on is closed by that
     * thread, so the thread is waited for: mended before it was done, the wire would find its own port taken, and a
     * connection accepted last would outlive the cut.
     */
    public synchronized void cut() {
        Listener cut = listener;
        listener = null;
        if (cut != null) {
            close(cut.socket);
            joinUninterruptibly(cut.accepting);
        }
        open.forEach(Wire::close);
        open.clear();
    }

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket client = accepting.accept();
                open.add(client);
                Socket server = new Socket(host, target);
                open.add(server);
                Thread.ofVirtual().start(() -> copy(client, server));
                Thread.ofVirtual().start(() -> copy(server, client));
            } catch (IOException gone) {
                // The listener, which ends this, or the server: its client stays unanswered until the wire is cut.
            }
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

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
