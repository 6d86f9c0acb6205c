package spillway.batcher;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import spillway.batcher.rebuild.RebuildCommand;

/**
 * Collapses likes, shares and comments into counter updates; over HTTP it shows only its health and metrics. With the argument
 * {@value RebuildCommand#NAME} it builds the counters anew instead, and ends.
 */
@SpringBootApplication
public class LikeBatcherApplication {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(RebuildCommand.NAME)) {
            RebuildCommand.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        SpringApplication.run(LikeBatcherApplication.class, arguments);
    }
}
