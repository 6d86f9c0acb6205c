package spillway.stack.launch;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import spillway.stack.process.ChildProcess;

/**
 * One process of the stack.
 *
 * @param name how the user knows it
 * @param port where its clients find it; null for one that has none
 * @param needs the names of those that have to be ready before it starts and stop after it
 * @param starter starts it without waiting
 */
record Component(String name, @Nullable StackPort port, Set<String> needs, Starter starter) {

    Component {
        needs = Set.copyOf(needs);
    }

    @FunctionalInterface
    interface Starter {
        Started start();
    }

    /** A process and the way to wait until it serves. */
    record Started(ChildProcess process, Consumer<Duration> awaitReady) {}
}
