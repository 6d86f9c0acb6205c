package spillway.monolith;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * One process, one database, one transaction per write.
 *
 * <p>It is written with care, not as a straw man: distinctness by primary key, counters moved in the same transaction
 * as their cause, prepared statements, a bounded pool. What it cannot do is update one row from many transactions at
 * once, and every like of a popular post wants just that.
 */
@SpringBootApplication(proxyBeanMethods = false)
class Monolith {

    public static void main(String[] args) {
        SpringApplication.run(Monolith.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
