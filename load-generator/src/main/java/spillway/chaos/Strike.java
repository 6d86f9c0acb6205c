package spillway.chaos;

import java.time.Duration;

/**
 * One fault of the schedule.
 *
 * @param number from 1
 * @param at since the begin of the storm
 * @param salt decides its details, such as for how long
 */
record Strike(int number, Duration at, Fault fault, int salt) {

    String describe() {
        return "%6.1f s  %s".formatted(at.toMillis() / 1e3, fault.label());
    }
}
