package spillway.lab.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stack as the launcher described it: everything on this machine, by port and process id. */
public final class Stack {

    public static final String USER = "spillway";

    private static final String HOST = "127.0.0.1";

    private final Map<Part, Address> parts;
    private final Path secrets;
    private final int managementPort;

    private record Address(int port, long pid) {}

    private Stack(Map<Part, Address> parts, Path secrets, int managementPort) {
        this.parts = parts;
        this.secrets = secrets;
        this.managementPort = managementPort;
    }

    /**
     * Reads {@code SPILLWAY_LAB_<PART>=<port> <pid>}, {@code SPILLWAY_LAB_GATEWAY_MANAGEMENT=<port>} and
     * {@code SPILLWAY_LAB_SECRETS=<folder>}.
     *
     * @throws NoStack when something is missing
     */
    public static Stack from(Map<String, String> environment) throws NoStack {
        return from(environment, EnumSet.allOf(Part.class));
    }

    /**
     * The same of some parts only; the others have no address.
     *
     * @throws NoStack when one of these is missing
     */
    public static Stack from(Map<String, String> environment, Set<Part> needed) throws NoStack {
        String secrets = environment.get("SPILLWAY_LAB_SECRETS");
        if (secrets == null) {
            throw new NoStack("no stack is up, or this was not run by ./spillway");
        }
        Map<Part, Address> parts = new EnumMap<>(Part.class);
        for (Part part : needed) {
            parts.put(part, address(part, environment.get(part.variable())));
        }
        String management = environment.getOrDefault("SPILLWAY_LAB_GATEWAY_MANAGEMENT", "9080");
        return new Stack(parts, Path.of(secrets), Integer.parseInt(management));
    }

    private static Address address(Part part, @Nullable String said) throws NoStack {
        if (said == null || !said.matches("\\d{1,5} \\d{1,18}")) {
            throw new NoStack(part.label() + " is not part of the stack: " + part.variable() + "=" + said);
        }
        String[] fields = said.split(" ", -1);
        return new Address(Integer.parseInt(fields[0]), Long.parseLong(fields[1]));
    }

    public String host() {
        return HOST;
    }

    public int port(Part part) {
        return of(part).port();
    }

    /** Without a slash at the end. */
    public String url(Part part) {
        return "http://" + HOST + ":" + port(part);
    }

    /** Where the gateway's operators go. */
    public String managementUrl() {
        return "http://" + HOST + ":" + managementPort;
    }

    /** A new connection to one of a Postgres server's databases. */
    public Connection connect(Part server, String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(server, database), USER, secret("spillway.postgres.password"));
    }

    public String jdbcUrl(Part server, String database) {
        return "jdbc:postgresql://" + HOST + ":" + port(server) + "/" + database;
    }

    public String redisPassword() {
        return secret("spring.data.redis.password");
    }

    /** The CPU time the part's process has used so far, with its children's; of a process that is gone, nothing. */
    public Duration cpu(Part part) {
        return ProcessHandle.of(of(part).pid()).map(Stack::cpu).orElse(Duration.ZERO);
    }

    private static Duration cpu(ProcessHandle process) {
        Duration own = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return process.descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(own, Duration::plus);
    }

    private Address of(Part part) {
        Address address = parts.get(part);
        if (address == null) {
            throw new IllegalStateException("no address for " + part.label());
        }
        return address;
    }

    private String secret(String name) {
        try {
            return Files.readString(secrets.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the secret " + name + " cannot be read", e);
        }
    }
}
