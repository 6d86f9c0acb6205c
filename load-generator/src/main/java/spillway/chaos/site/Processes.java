package spillway.chaos.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kills, stops and continues processes of the stack, each by its number and its start. Nothing stays stopped: what is, goes
 * on when this is closed. Thread-safe.
 */
public final class Processes implements AutoCloseable {

    private static final int CONNECT_MILLIS = 200;
    private static final Duration BACK_LIMIT = Duration.ofSeconds(90);

    private final Site site;
    private final Set<ProcessHandle> stopped = ConcurrentHashMap.newKeySet();

    public Processes(Site site) {
        this.site = site;
    }

    /** Whether the part runs and takes connections. */
    public boolean serves(String name) {
        return site.part(name)
                .filter(entry -> entry.process().isPresent() && takesConnections(entry.port()))
                .isPresent();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill(String name) {
        ProcessHandle process = process(name);
        process.destroyForcibly();
        Wait.until(() -> !process.isAlive(), BACK_LIMIT);
    }

    /** SIGSTOP; the process goes on by {@link #goOn}. */
    public ProcessHandle stop(String name) throws IOException {
        ProcessHandle process = process(name);
        stopped.add(process);
        signal("STOP", process);
        return process;
    }

    /**
     * SIGSTOP of the part and of all that it has started; the part first, so that it starts no more. Each goes on by
     * {@link #goOn}.
     */
    public List<ProcessHandle> stopWhole(String name) throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(stop(name));
        for (ProcessHandle child : all.getFirst().descendants().toList()) {
            stopped.add(child);
            signal("STOP", child);
            all.add(child);
        }
        return all;
    }

    /** SIGCONT. */
    public void goOn(ProcessHandle process) throws IOException {
        if (process.isAlive()) {
            signal("CONT", process);
        }
        stopped.remove(process);
    }

    /** Waits until the part serves again and says after how long; empty when it does not. */
    public Optional<Duration> awaitBack(String name) {
        long from = System.nanoTime();
        boolean back = Wait.until(() -> serves(name), BACK_LIMIT);
        return back ? Optional.of(Duration.ofNanos(System.nanoTime() - from)) : Optional.empty();
    }

    private ProcessHandle process(String name) {
        return site.part(name)
                .flatMap(Site.Entry::process)
                .orElseThrow(() -> new IllegalStateException(name + " does not run"));
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("kill -" + name + " " + process.pid() + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        for (ProcessHandle process : stopped) {
            try {
                goOn(process);
            } catch (IOException e) {
                // It ended just now.
            }
        }
    }
}
