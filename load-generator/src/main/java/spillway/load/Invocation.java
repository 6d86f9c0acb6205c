package spillway.load;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the program was called.
 *
 * @param out where the report goes
 * @param args as they were given
 */
record Invocation(PrintWriter out, List<String> args) {

    Invocation {
        args = List.copyOf(args);
    }

    /** A line that a shell would understand. */
    String command() {
        return Stream.concat(Stream.of("./spillway", "load"), args.stream())
                .map(Invocation::quoted)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String arg) {
        return arg.matches("[\\w./:=,%+-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }
}
