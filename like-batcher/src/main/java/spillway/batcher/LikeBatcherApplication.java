package spillway.batcher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Collapses likes, shares and comments into counter updates; over HTTP it shows only its health and metrics. */
@SpringBootApplication
public class LikeBatcherApplication {

    public static void main(String[] args) {
        SpringApplication.run(LikeBatcherApplication.class, args);
    }
}
