package spillway.platform.instance;

import java.time.Duration;

/**
 * When an instance is taken to be away.
 *
 * @param failures connections in a row that could not be made, at least 1
 * @param pause between two requests that try nevertheless, above zero; up to half as long again, at random
 */
public record AwayRules(int failures, Duration pause) {

    public AwayRules {
        if (failures < 1 || !pause.isPositive()) {
            throw new IllegalArgumentException(
                    "failures must be 1 or more and pause above zero: " + failures + ", " + pause);
        }
    }
}
