package spillway.stack.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import spillway.stack.process.StackFailure;

/**
 * The checkout that holds the build's results.
 *
 * @param root the folder with the parent pom
 * @param state where everything made at run time lives
 */
public record Installation(Path root, Path state) {

    private static final String PROPERTY = "spillway.home";

    public Installation {
        root = root.toAbsolutePath().normalize();
        state = state.toAbsolutePath().normalize();
    }

    public Installation(Path root) {
        this(root, root.resolve(".spillway"));
    }

    /** By system property {@code spillway.home}, else the checkout that the working folder lies in. */
    public static Installation find() {
        String home = System.getProperty(PROPERTY);
        if (home != null) {
            return new Installation(Path.of(home));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("local-stack/kafka-server/pom.xml"))) {
                return new Installation(at);
            }
        }
        throw new StackFailure("no checkout around " + Path.of("").toAbsolutePath() + ": set -D" + PROPERTY);
    }

    /** The command that runs a class of one of local-stack's modules, on this JVM's own JDK. */
    public List<String> java(String module, List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaExecutable());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath(module));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    public static String javaExecutable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String classPath(String module) {
        Path target = root.resolve("local-stack").resolve(module).resolve("target");
        Path written = target.resolve("classpath");
        try {
            return target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(written).strip();
        } catch (IOException e) {
            throw new StackFailure("not built yet: " + written, e);
        }
    }
}
