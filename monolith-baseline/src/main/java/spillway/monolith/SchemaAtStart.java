package spillway.monolith;

import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Migrates the schema when the application starts, before the web server takes requests, and not already when its
 * beans are made: so the application can be loaded without a database, to record the JVM's AOT cache.
 */
@Component
class SchemaAtStart implements SmartLifecycle {

    private final Flyway flyway;
    private volatile boolean running;

    SchemaAtStart(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public void start() {
        flyway.migrate();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /** Keeps Boot from migrating while beans are made. */
    @Configuration(proxyBeanMethods = false)
    static class NotEarlier {

        @Bean
        FlywayMigrationStrategy atStart() {
            return flyway -> {};
        }
    }
}
