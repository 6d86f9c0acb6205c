package spillway.stack.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.stack.process.Pause;
import spillway.stack.process.Ports;
import spillway.stack.server.Installation;
import spillway.stack.server.PostgresServer;

class LeaseIT {

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = Installation.find();

    @TempDir
    Path folder;

    @AfterEach
    void noHolderIsLeft() throws IOException {
        if (Files.exists(folder.resolve("address"))) {
            holder().onExit()
                    .completeOnTimeout(holder(), SOON.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    @Test
    void buildsSideBySide_shareOneHolder() throws IOException {
        List<Lease> leases =
                Stream.generate(() -> CompletableFuture.supplyAsync(this::lease)).limit(3).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(leases.stream().map(lease -> lease.server("redis").port()).distinct())
                .hasSize(1);
        for (Lease lease : leases) {
            lease.close();
        }
    }

    @Test
    void aDatabase_endsWithItsLease_notWithAnothers() throws IOException, SQLException {
        try (Lease other = lease()) {
            Lease.Access postgres = other.server("postgres");
            other.createDatabase("theirs");
            try (Lease ours = lease()) {
                ours.createDatabase("ours");
                connect(postgres, "ours").close();
            }

            await(() -> !connects(postgres, "ours"));
            connect(postgres, "theirs").close();
        }
    }

    @Test
    void afterTheLastLease_serversAndDataEnd() throws IOException {
        int port;
        try (Lease lease = lease()) {
            port = lease.server("redis").port();
            assertThat(Ports.isTaken(port)).isTrue();
        }

        await(() -> !Ports.isTaken(port));
        await(() -> !Files.exists(folder.resolve("data")));
    }

    @Test
    void aKilledHolder_takesItsServersAlong_andIsReplaced() throws IOException {
        int port;
        try (Lease lease = lease()) {
            port = lease.server("redis").port();
            holder().destroyForcibly();
            await(() -> !Ports.isTaken(port));
            assertThatThrownBy(() -> lease.server("redis")).hasMessageContaining("redis");
        }

        try (Lease lease = lease()) {
            assertThat(Ports.isTaken(lease.server("redis").port())).isTrue();
        }
    }

    private Lease lease() {
        return Lease.take(installation, folder, LINGER);
    }

    private ProcessHandle holder() throws IOException {
        String pid = Files.readString(folder.resolve("address")).split(" ", -1)[2];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static Connection connect(Lease.Access postgres, String database) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
        return DriverManager.getConnection(url, PostgresServer.USER, postgres.password());
    }

    private static boolean connects(Lease.Access postgres, String database) {
        try (Connection connection = connect(postgres, database)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            Pause.briefly();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
