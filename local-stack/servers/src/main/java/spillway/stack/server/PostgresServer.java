package spillway.stack.server;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.StackFailure;
import spillway.stack.process.StopSignal;

/**
 * A Postgres server that keeps its promises: fsync, synchronous_commit and full_page_writes are on, passwords are asked.
 *
 * <p>Postgres refuses to run as root. Where the build runs as root, the server gets a user namespace of its own, in which
 * it is an ordinary user and the files still belong to it.
 */
public final class PostgresServer implements BackingServer {

    public static final String USER = "spillway";

    private static final String FORMAT = "postgres 18";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

    private final ChildProcess process;
    private final int port;
    private final String password;
    private final List<String> databases;

    private PostgresServer(ChildProcess process, int port, String password, List<String> databases) {
        this.process = process;
        this.port = port;
        this.password = password;
        this.databases = databases;
    }

    /**
     * Starts a server; {@link #awaitReady} also creates the databases that are missing.
     *
     * @param maxConnections the sum of what all its clients' pools may open, and some to look in
     */
    public static PostgresServer start(
            Installation installation,
            Place place,
            int port,
            String password,
            List<String> databases,
            int maxConnections) {
        Path binaries = Binaries.unpacked(
                installation.state().resolve("bin"), Host.current().postgresArchive());
        Path data = place.data().resolve("pgdata");
        DataFolder.prepare(place, FORMAT, folder -> {
            Path passwordFile = folder.resolve("initial-password");
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, password);
            List<String> initdb = unprivileged(
                    binaries.resolve("bin/initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C");
            ChildProcess.run(new Command(place.name(), initdb, folder, place.log()), INITDB_LIMIT);
            Files.delete(passwordFile);
        });
        List<String> server =
                new ArrayList<>(unprivileged(binaries.resolve("bin/postgres").toString(), "-D", data.toString()));
        settings(port, maxConnections).forEach((name, value) -> server.addAll(List.of("-c", name + "=" + value)));
        Command command = new Command(place.name(), server, place.data(), place.log()).stoppedBy(StopSignal.INT);
        return new PostgresServer(ChildProcess.start(command), port, password, List.copyOf(databases));
    }

    private static Map<String, String> settings(int port, int maxConnections) {
        return Map.ofEntries(
                Map.entry("port", Integer.toString(port)),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", Integer.toString(maxConnections)),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("shared_buffers", "128MB"),
                Map.entry("max_wal_size", "2GB"),
                Map.entry("jit", "off"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_line_prefix", "%m [%p] %d "));
    }

    private static List<String> unprivileged(String... command) {
        List<String> line = new ArrayList<>();
        if (new UnixSystem().getUid() == 0) {
            line.addAll(List.of("unshare", "--user"));
        }
        line.addAll(List.of(command));
        return line;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection of the owner to one of the databases. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?connectTimeout=2&socketTimeout=60", USER, password);
    }

    @Override
    public void awaitReady(Duration timeout) {
        process.await(this::answers, timeout);
        try (Connection connection = connect("postgres")) {
            for (String database : databases) {
                createIfMissing(connection, database);
            }
        } catch (SQLException e) {
            throw new StackFailure(process.name() + " cannot create its databases", e);
        }
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new StackFailure(process.name() + " does not accept the password in the secrets folder:"
                        + " secrets and data must be kept, or wiped, together");
            }
            return false;
        }
    }

    /** Creates a database; its name must be a plain identifier. */
    public void createDatabase(String database) throws SQLException {
        try (Connection connection = connect("postgres")) {
            createIfMissing(connection, database);
        }
    }

    /** Drops a database although clients may still be connected. */
    public void dropDatabase(String database) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + identifier(database) + " WITH (FORCE)");
        }
    }

    private static void createIfMissing(Connection connection, String database) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement statement = connection.createStatement()) {
            query.setString(1, database);
            if (!query.executeQuery().next()) {
                statement.execute("CREATE DATABASE " + identifier(database));
            }
        }
    }

    private static String identifier(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain identifier: " + name);
        }
        return name;
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
