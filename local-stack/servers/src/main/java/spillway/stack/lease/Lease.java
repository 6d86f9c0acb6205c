package spillway.stack.lease;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import spillway.stack.process.Command;
import spillway.stack.process.Detached;
import spillway.stack.process.LogTail;
import spillway.stack.process.Pause;
import spillway.stack.process.StackFailure;
import spillway.stack.server.Installation;

/** A test JVM's hold on the shared servers, from now until it is closed or the JVM ends. Thread-safe. */
public final class Lease implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration LINGER = Duration.ofMinutes(1);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(3);

    private final Socket socket;
    private final BufferedReader answers;
    private final PrintWriter requests;

    private Lease(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.requests = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Where a server is.
     *
     * @param port on loopback
     * @param password of user {@code spillway} (Postgres) or the default user (Redis)
     */
    public record Access(int port, String password) {}

    /** Takes a lease on the checkout's holder, starting one when there is none. */
    public static Lease take(Installation installation) {
        return take(installation, installation.state().resolve("test-servers"), LINGER);
    }

    static Lease take(Installation installation, Path folder, Duration linger) {
        long started = System.nanoTime();
        long lastStart = started - BETWEEN_STARTS.toNanos();
        while (System.nanoTime() - started < LIMIT.toNanos()) {
            Lease lease = tryToTake(folder);
            if (lease != null) {
                return lease;
            }
            if (System.nanoTime() - lastStart >= BETWEEN_STARTS.toNanos()) {
                startHolder(installation, folder, linger);
                lastStart = System.nanoTime();
            }
            Pause.briefly();
        }
        throw new StackFailure("no test servers after " + LIMIT.toSeconds() + " s", LogTail.of(log(folder)));
    }

    private static @Nullable Lease tryToTake(Path folder) {
        try {
            String[] address = Files.readString(folder.resolve("address")).split(" ", -1);
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address[0]));
            Lease lease = new Lease(socket);
            lease.requests.println(address[1]);
            if ("ok".equals(lease.answers.readLine())) {
                return lease;
            }
            socket.close();
            return null;
        } catch (IOException e) {
            return null; // no holder yet, or what an ended one left
        }
    }

    private static void startHolder(Installation installation, Path folder, Duration linger) {
        List<String> command = installation.java(
                "servers",
                List.of(
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dspillway.home=" + installation.root()),
                Holder.class.getName(),
                List.of(folder.toString(), Long.toString(linger.toSeconds())));
        Detached.start(new Command("test servers", command, installation.root(), log(folder)));
    }

    private static Path log(Path folder) {
        return folder.resolve("holder.log");
    }

    /** Starts one of {@code postgres, redis, kafka, cassandra} unless it runs, and says where it is. */
    public Access server(String name) {
        String[] answer = ask(name).split(" ", -1);
        return new Access(Integer.parseInt(answer[1]), answer[2]);
    }

    /** Creates a database that lives as long as this lease. */
    public void createDatabase(String name) {
        ask("database " + name);
    }

    private synchronized String ask(String request) {
        try {
            requests.println(request);
            String answer = answers.readLine();
            if (answer == null || !answer.startsWith("ok")) {
                throw new StackFailure(
                        request + ": " + (answer == null ? "the holder of the test servers is gone" : answer));
            }
            return answer;
        } catch (IOException e) {
            throw new StackFailure(request + ": no answer from the holder of the test servers", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
