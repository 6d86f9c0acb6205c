package spillway.stack.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spillway.stack.server.Installation;

/**
 * One of the platform's services.
 *
 * @param module the Maven module that builds {@code target/<module>.jar}
 * @param port its {@code server.port}; null for one that serves nobody
 * @param needs who has to be ready before it starts
 * @param arguments its configuration, as {@code --property=value}
 */
record Service(String name, String module, @Nullable StackPort port, Set<String> needs, List<String> arguments) {

    Service {
        needs = Set.copyOf(needs);
        arguments = List.copyOf(arguments);
    }

    Path jar(Installation installation) {
        return installation.root().resolve(module).resolve("target").resolve(module + ".jar");
    }
}
