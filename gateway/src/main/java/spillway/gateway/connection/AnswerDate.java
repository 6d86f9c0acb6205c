package spillway.gateway.connection;

import io.netty.util.AsciiString;
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
    private volatile Written last = new Written(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

    private record Written(long second, AsciiString text) {}

    AnswerDate(InstantSource clock) {
        this.clock = clock;
    }

    AsciiString now() {
        long second = Math.floorDiv(clock.millis(), TimeUnit.SECONDS.toMillis(1));
        Written known = last;
        if (known.second() != second) {
            known = new Written(second, AsciiString.cached(FORMAT.format(Instant.ofEpochSecond(second))));
            last = known;
        }
        return known.text();
    }
}
