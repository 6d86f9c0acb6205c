package spillway.stack.launch;

import java.nio.file.Path;
import spillway.stack.server.Installation;

/**
 * What lies where in the state folder.
 *
 * @param state the folder {@code .spillway}
 */
record Folders(Path state) {

    static Folders of(Installation installation) {
        return new Folders(installation.state());
    }

    Path data() {
        return state.resolve("data");
    }

    /** What the stack of an extent stores: chaos must not meet anybody's data. */
    Path data(Extent extent) {
        return extent.isChaos() ? chaosData() : data();
    }

    Path chaosData() {
        return state.resolve("chaos");
    }

    Path secrets() {
        return state.resolve("secrets");
    }

    Path logs() {
        return state.resolve("log");
    }

    Path log(String component) {
        return logs().resolve(component + ".log");
    }

    /** Services as extracted from their jars, with the JVM's cache of what they load. */
    Path cache() {
        return state.resolve("cache");
    }

    Path lock() {
        return state.resolve("run/lock");
    }

    Path runState() {
        return state.resolve("run/state");
    }

    /** One file per supervisor, so that who watches never reads the story of another one. */
    Path progress(long supervisor) {
        return state.resolve("run/progress-" + supervisor);
    }
}
