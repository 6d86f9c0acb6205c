package spillway.stack.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.Ports;
import spillway.stack.process.StackFailure;

/** A Redis server that evicts nothing and logs each write to its append-only file, synced every second. */
public final class RedisServer implements BackingServer {

    private static final String FORMAT = "redis append-only file";

    private final ChildProcess process;
    private final int port;
    private final String password;

    private RedisServer(ChildProcess process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /** Starts a server; {@code password} must be free of spaces. */
    public static RedisServer start(Installation installation, Place place, int port, String password) {
        return start(installation, place, port, password, "");
    }

    /** Starts a node that has to be given slots and neighbours; these reach it 10,000 ports further on. */
    public static RedisServer startClusterNode(Installation installation, Place place, int port, String password) {
        return start(installation, place, port, password, "cluster-enabled yes\n");
    }

    private static RedisServer start(Installation installation, Place place, int port, String password, String more) {
        Path bundled = Binaries.executable(
                installation.state().resolve("bin"), Host.current().redisBinary());
        DataFolder.prepare(place, FORMAT, folder -> {});
        Path configuration = place.data().resolve("redis.conf");
        try {
            Files.deleteIfExists(configuration);
            Files.createFile(
                    configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(configuration, """
                    bind 127.0.0.1
                    port %d
                    dir "%s"
                    requirepass %s
                    appendonly yes
                    appendfsync everysec
                    save ""
                    maxmemory 1gb
                    maxmemory-policy noeviction
                    %s""".formatted(port, place.data(), password, more));
        } catch (IOException e) {
            throw new StackFailure("cannot write " + configuration, e);
        }
        List<String> command = List.of(RedisBinary.newest(bundled).toString(), configuration.toString());
        return new RedisServer(
                ChildProcess.start(new Command(place.name(), command, place.data(), place.log())), port, password);
    }

    @Override
    public void awaitReady(Duration timeout) {
        process.await(this::answers, timeout);
    }

    private boolean answers() {
        try (Socket socket = Ports.connect(port)) {
            socket.getOutputStream()
                    .write("AUTH %s\r\nPING\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String authenticated = answers.readLine();
            if (authenticated != null && authenticated.startsWith("-WRONGPASS")) {
                throw new StackFailure(process.name() + " does not accept its password");
            }
            return "+PONG".equals(answers.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    @Override
    public int port() {
        return port;
    }
}
