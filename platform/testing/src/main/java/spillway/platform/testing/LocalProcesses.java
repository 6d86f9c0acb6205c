package spillway.platform.testing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import spillway.stack.lease.Lease;
import spillway.stack.server.Installation;
import spillway.stack.server.PostgresServer;

/** The build's shared local processes; the lease is taken at first use and ends with this JVM. */
final class LocalProcesses implements ServerSource {

    static final LocalProcesses SHARED = new LocalProcesses();

    private @Nullable Lease lease;

    private LocalProcesses() {}

    private synchronized Lease lease() {
        if (lease == null) {
            lease = Lease.take(Installation.find());
        }
        return lease;
    }

    @Override
    public void await(Server server) {
        lease().server(server.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Servers.Database newDatabase(String name) {
        Lease.Access postgres = lease().server("postgres");
        lease().createDatabase(name);
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name;
        return new Servers.Database(url, PostgresServer.USER, postgres.password());
    }

    @Override
    public Endpoint redis() {
        Lease.Access redis = lease().server("redis");
        return new Endpoint("127.0.0.1", redis.port(), redis.password());
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + lease().server("kafka").port();
    }

    @Override
    public String cassandra() {
        return "127.0.0.1:" + lease().server("cassandra").port();
    }
}
