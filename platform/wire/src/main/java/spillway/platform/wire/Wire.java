package spillway.platform.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A TCP wire to a server that can be cut, mended and disturbed: its port stays, connections through it do not.
 * Thread-safe.
 */
public final class Wire implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final String host;
    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable Listener listener;
    private volatile boolean stalled;
    private volatile boolean losesReplies;
    private volatile long delayNanos;

    private record Listener(ServerSocket socket, Thread accepting) {}

    private enum Direction {
        REQUESTS,
        REPLIES
    }

    /** A wire that is cut, to the server at an address. */
    public Wire(String host, int target) {
        this(host, target, freePort());
    }

    /** A wire that is cut, to the server at an address, to be entered at a port of this machine. */
    public Wire(String host, int target, int port) {
        this.host = host;
        this.target = target;
        this.port = port;
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
        reset();
    }

    /** Ends the connections there are; new ones are made as before. */
    public void reset() {
        for (Socket socket : Set.copyOf(open)) {
            close(socket);
            open.remove(socket);
        }
    }

    /** From now on requests arrive and their replies vanish, so that clients cannot know what became of them. */
    public void loseReplies() {
        losesReplies = true;
    }

    /** From now on nothing passes in either direction, and nobody is told. */
    public void stall() {
        stalled = true;
    }

    /** From now on each piece of a reply comes later. */
    public void delayReplies(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Ends all disturbances; what was held back passes, what was lost stays lost. */
    public void calm() {
        losesReplies = false;
        stalled = false;
        delayNanos = 0;
    }

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket client = accepting.accept();
                open.add(client);
                connect(client);
            } catch (IOException gone) {
                // The listener, which ends this.
            }
        }
    }

    private void connect(Socket client) {
        try {
            client.setTcpNoDelay(true);
            Socket server = new Socket(host, target);
            server.setTcpNoDelay(true);
            open.add(server);
            Thread.ofVirtual().start(() -> copy(client, server, Direction.REQUESTS));
            Thread.ofVirtual().start(() -> copy(server, client, Direction.REPLIES));
        } catch (IOException serverIsAway) {
            close(client);
            open.remove(client);
        }
    }

    private void copy(Socket from, Socket to, Direction direction) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            for (int read = from.getInputStream().read(chunk);
                    read >= 0;
                    read = from.getInputStream().read(chunk)) {
                if (!isLost(direction, from)) {
                    to.getOutputStream().write(chunk, 0, read);
                }
            }
        } catch (IOException cut) {
            // Both ends are closed by now, which is all a cut wire does.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean isLost(Direction direction, Socket from) {
        while (stalled && !from.isClosed()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        if (direction == Direction.REQUESTS) {
            return false;
        }
        if (delayNanos > 0) {
            LockSupport.parkNanos(delayNanos);
        }
        return losesReplies;
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
        calm();
        cut();
    }
}
