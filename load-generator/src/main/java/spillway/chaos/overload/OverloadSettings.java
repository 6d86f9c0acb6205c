package spillway.chaos.overload;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param capacity writes per second that the stack carries; empty: it is searched first
 * @param length of each disturbance; null: each trial's own
 */
record OverloadSettings(
        long seed,
        Set<Trial> trials,
        OptionalDouble capacity,
        @Nullable Duration length) {

    private static final Duration SHORT = Duration.ofSeconds(10);

    OverloadSettings {
        trials = Set.copyOf(trials);
    }

    Duration length(Trial trial) {
        return length == null ? trial.length() : length;
    }

    /** Short disturbances only show that the trials work, on a system as cold as it is. */
    boolean isWarmedUp() {
        return capacity.isEmpty() || length == null || length.compareTo(SHORT) >= 0;
    }

    /** What repeats this run, with the capacity it had. */
    String command(double found) {
        StringBuilder command = new StringBuilder("./spillway chaos overload --seed " + seed);
        if (!trials.equals(Trial.usual())) {
            command.append(" --only ")
                    .append(trials.stream().sorted().map(Trial::label).collect(Collectors.joining(",")));
        }
        command.append(" --capacity ").append(Math.round(found));
        if (length != null) {
            command.append(" --seconds ").append(length.toSeconds());
        }
        return command.toString();
    }
}
