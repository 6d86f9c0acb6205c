package spillway.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Appends every engagement to Cassandra and answers how a post's engagement ran over time. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Analytics {

    public static void main(String[] args) {
        SpringApplication.run(Analytics.class, args);
    }
}
