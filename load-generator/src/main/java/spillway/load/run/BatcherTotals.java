package spillway.load.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a like-batcher has counted of its likes since it started, from its meters in the text format of Prometheus.
 * Thread-safe.
 */
public final class BatcherTotals {

    /** Where a batcher shows its meters. */
    public static final String PATH = "/actuator/prometheus";

    public static final String RECORDS = "records";
    public static final String COUNTER_WRITES = "counter_writes";
    public static final String FLUSHES = "flushes";
    public static final String FLUSHES_FENCED = "flushes_fenced";
    public static final String FLUSHES_FAILED = "flushes_failed";

    private static final Pattern LINE =
            Pattern.compile("^spillway_batcher_(\\w+)_total\\{[^}]*family=\"likes\"[^}]*} (\\S+)$", Pattern.MULTILINE);

    private BatcherTotals() {}

    /** By name; empty when the batcher does not answer in time. */
    public static Map<String, Double> read(HttpClient http, URI meters, Duration timeout) throws InterruptedException {
        Map<String, Double> totals = new HashMap<>();
        try {
            HttpRequest question =
                    HttpRequest.newBuilder(meters).timeout(timeout).build();
            HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                Matcher line = LINE.matcher(answer.body());
                while (line.find()) {
                    totals.put(line.group(1), Double.parseDouble(line.group(2)));
                }
            }
        } catch (IOException away) {
            // It has nothing to say now.
        }
        return totals;
    }
}
