package spillway.stack.lease;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import spillway.stack.process.StackFailure;
import spillway.stack.server.DataFolder;
import spillway.stack.server.Installation;

/**
 * The process that runs the shared servers. It ends, with them and their data, some time after the last lease.
 *
 * <p>A lease is an open connection: the kernel ends it however the test JVM ends. Only the process that holds the lock file
 * is the holder, so two builds that start one at once share the winner. The servers hang on this process's lifelines.
 */
public final class Holder {

    private static final int LOOK_MILLIS = 1_000;

    private final Shelf shelf;
    private final String secret;
    private final Duration linger;
    private final AtomicInteger leases = new AtomicInteger();
    private volatile long lastLease = System.nanoTime();

    private Holder(Shelf shelf, String secret, Duration linger) {
        this.shelf = shelf;
        this.secret = secret;
        this.linger = linger;
    }

    /** Runs a holder unless one runs already. Arguments: its folder, and how many seconds it outlives the last lease. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        try (FileChannel file =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                return;
            }
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            String secret = HexFormat.of().formatHex(random);
            DataFolder.delete(folder.resolve("data"));
            DataFolder.delete(folder.resolve("log"));
            Shelf shelf = new Shelf(Installation.find(), folder, secret);
            try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                publish(
                        folder,
                        door.getLocalPort() + " " + secret + " "
                                + ProcessHandle.current().pid());
                new Holder(shelf, secret, Duration.ofSeconds(Long.parseLong(arguments[1]))).serve(door);
            }
            Files.deleteIfExists(folder.resolve("address"));
            shelf.close();
            DataFolder.delete(folder.resolve("data"));
        }
    }

    private static void publish(Path folder, String address) throws IOException {
        Path unfinished = Files.createTempFile(
                folder,
                "address",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, address);
        Files.move(unfinished, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void serve(ServerSocket door) throws IOException {
        door.setSoTimeout(LOOK_MILLIS);
        while (leases.get() > 0 || System.nanoTime() - lastLease < linger.toNanos()) {
            Socket lease = acceptWithinALook(door);
            if (lease != null) {
                leases.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> hold(lease));
            }
        }
    }

    private static @Nullable Socket acceptWithinALook(ServerSocket door) throws IOException {
        try {
            return door.accept();
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private void hold(Socket lease) {
        List<String> databases = new ArrayList<>();
        try (lease;
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(lease.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter answers = new PrintWriter(lease.getOutputStream(), true, StandardCharsets.UTF_8)) {
            if (!secret.equals(requests.readLine())) {
                return;
            }
            answers.println("ok");
            for (String request = requests.readLine(); request != null; request = requests.readLine()) {
                answers.println(answer(request, databases));
            }
        } catch (IOException e) {
            System.out.println("lease broken: " + e.getMessage());
        } finally {
            databases.forEach(this::drop);
            lastLease = System.nanoTime();
            leases.decrementAndGet();
        }
    }

    private String answer(String request, List<String> databases) {
        try {
            if (request.startsWith("database ")) {
                String name = request.substring("database ".length());
                shelf.createDatabase(name);
                databases.add(name);
                return "ok";
            }
            return "ok " + shelf.port(request) + " " + secret;
        } catch (StackFailure e) {
            return "failed " + e.getMessage() + " | " + String.join(" | ", e.evidence());
        } catch (SQLException | IllegalArgumentException e) {
            return "failed " + e.getMessage();
        }
    }

    private void drop(String database) {
        try {
            shelf.dropDatabase(database);
        } catch (SQLException | StackFailure e) {
            System.out.println("could not drop " + database + ": " + e.getMessage());
        }
    }
}
