package spillway.analytics.series;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How finely a series is cut, and how long it may then be. */
public enum Step {
    MINUTE(ChronoUnit.MINUTES, Duration.ofHours(24)),
    HOUR(ChronoUnit.HOURS, Duration.ofDays(7));

    private final ChronoUnit unit;
    private final Duration longest;

    Step(ChronoUnit unit, Duration longest) {
        this.unit = unit;
        this.longest = longest;
    }

    ChronoUnit unit() {
        return unit;
    }

    Duration longest() {
        return longest;
    }

    /** The one spelling on the wire. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Step> of(String word) {
        return Arrays.stream(values()).filter(step -> step.word().equals(word)).findAny();
    }
}
