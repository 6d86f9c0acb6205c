package spillway.gateway.connection;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The value of an answer's field {@code Date} (RFC 9110, 6.6.1), written once a second. Thread-safe. */
final class AnswerDate {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Written last = new Written(Long.MIN_VALUE, "");

    private record Written(long second, String text) {}

    AnswerDate(InstantSource clock) {
        this.clock = clock;
    }

    String now() {
        long second = Math.floorDiv(clock.millis(), TimeUnit.SECONDS.toMillis(1));
        Written known = last;
        if (known.second() != second) {
            known = new Written(second, FORMAT.format(Instant.ofEpochSecond(second)));
            last = known;
        }
        return known.text();
    }
}
