package spillway.stack.server;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a server lives.
 *
 * @param name how the user knows it, unique in the stack
 * @param data its data folder, made when missing
 * @param log the file its output is appended to
 * @param notes receives what the user should know although nothing failed
 */
public record Place(String name, Path data, Path log, Consumer<String> notes) {

    public Place {
        data = data.toAbsolutePath();
        log = log.toAbsolutePath();
    }

    /** A place under one folder for everything: {@code data/<name>} and {@code log/<name>.log}. */
    public static Place under(Path state, String name, Consumer<String> notes) {
        return new Place(
                name, state.resolve("data").resolve(name), state.resolve("log").resolve(name + ".log"), notes);
    }
}
