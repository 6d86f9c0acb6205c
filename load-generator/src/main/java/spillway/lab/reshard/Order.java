package spillway.lab.reshard;

import java.util.Locale;

/** What an operator can say to a reshard that has begun. */
public enum Order {
    PAUSE,
    RESUME,
    ABORT,
    ROLLBACK,
    FINISH;

    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
