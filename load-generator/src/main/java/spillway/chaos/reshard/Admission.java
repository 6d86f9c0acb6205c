package spillway.chaos.reshard;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import spillway.chaos.site.Door;
import spillway.chaos.site.Door.Caller;
import spillway.chaos.site.Unreachable;

/** Fetches every user's token beforehand, so that fetching them is no part of what is measured. */
final class Admission {

    private static final int AT_ONCE = 16;

    private Admission() {}

    static void of(Door door, Planted planted) throws Unreachable {
        AtomicBoolean refused = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int user = 0; user < planted.users(); user++) {
                Caller caller = new Caller(planted.user(user), false);
                threads.execute(() -> {
                    try {
                        door.admit(caller);
                    } catch (Door.NotSent e) {
                        refused.set(true);
                    }
                });
            }
        }
        if (refused.get()) {
            throw new Unreachable("the gateway gives no tokens");
        }
    }
}
