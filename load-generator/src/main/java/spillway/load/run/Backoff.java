package spillway.load.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pauses between attempts: doubling up to a bound, so that insisting does not keep an overloaded system overloaded, and
 * spread by the operation's key, so that what was refused together does not return together.
 */
final class Backoff {

    private static final long NOT_READY_MILLIS = 50;
    private static final long NOT_READY_BOUND_MILLIS = 500;
    private static final long REFUSED_MILLIS = 250;
    private static final long REFUSED_BOUND_MILLIS = 5_000;
    private static final int DOUBLINGS = 10;

    private Backoff() {}

    /** Before another look whether the operation may be sent. */
    static Duration whileNotReady(String key, int pauses) {
        return spread(Math.min(NOT_READY_MILLIS << Math.min(pauses, DOUBLINGS), NOT_READY_BOUND_MILLIS), key, pauses);
    }

    /** Before sending again what was shed, failed or is unknown: never less than the answer asked for. */
    static Duration afterRefusal(String key, int pauses, @Nullable Duration asked) {
        long doubled = Math.min(REFUSED_MILLIS << Math.min(pauses, DOUBLINGS), REFUSED_BOUND_MILLIS);
        Duration spread = spread(doubled, key, pauses);
        return asked == null ? spread : asked.plus(spread);
    }

    /** Half of the time for certain, and up to as much again. */
    private static Duration spread(long millis, String key, int pauses) {
        return Duration.ofMillis(millis / 2 + Math.floorMod((key + pauses).hashCode(), millis));
    }
}
