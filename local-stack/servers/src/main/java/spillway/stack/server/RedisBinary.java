package spillway.stack.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which redis-server to run: one installed on the host when it is newer than the bundled one. */
final class RedisBinary {

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)\\.(\\d+)");

    private RedisBinary() {}

    static Path newest(Path bundled) {
        String path = System.getenv("PATH");
        Stream<Path> installed = Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .limit(1);
        int bundledVersion = version(bundled);
        return installed
                .filter(binary -> version(binary) > bundledVersion)
                .findFirst()
                .orElse(bundled);
    }

    private static int version(Path binary) {
        try {
            Process process = new ProcessBuilder(binary.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            return version(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return 0; // it does not run here: any other is better
        }
    }

    /** As one number that sorts by version; 0 when the text holds none. */
    static int version(String said) {
        Matcher version = VERSION.matcher(said);
        return version.find() ? (number(version, 1) * 1000 + number(version, 2)) * 1000 + number(version, 3) : 0;
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }
}
