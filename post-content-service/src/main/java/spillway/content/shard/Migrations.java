package spillway.content.shard;

import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings a database to the form this version needs, on a connection of its own without the pools' statement timeouts. */
final class Migrations {

    static final String CATALOG = "classpath:db/catalog";
    static final String SHARD = "classpath:db/shard";

    private final PostgresLogin login;
    private final Duration connectTimeout;

    Migrations(PostgresLogin login, Duration connectTimeout) {
        this.login = login;
        this.connectTimeout = connectTimeout;
    }

    void requireLogin() {
        login.requirePassword();
    }

    void run(String url, String location) {
        Flyway.configure()
                .dataSource(dataSource(url))
                .locations(location)
                .load()
                .migrate();
    }

    /** A connection of its own each time. */
    DataSource dataSource(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(login.username());
        database.setPassword(login.password());
        database.setConnectTimeout((int) Math.max(1, connectTimeout.toSeconds()));
        return database;
    }
}
