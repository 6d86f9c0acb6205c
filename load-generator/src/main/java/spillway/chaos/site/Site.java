package spillway.chaos.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack as the launcher keeps it written down, read anew at each question because processes come and go.
 *
 * @param processes the file with a line {@code name pid startedMillis port restarts} per process
 * @param secrets the folder with the passwords
 * @param wirePort where the services look for Redis
 */
public record Site(Path processes, Path secrets, int wirePort) {

    public static final String HOST = "127.0.0.1";

    /** One process; number and start together tell it from a later one that was given the same number. */
    public record Entry(String name, long pid, long startedMillis, int port) {

        public Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .startInstant()
                            .filter(started -> started.toEpochMilli() == startedMillis)
                            .isPresent());
        }
    }

    /** Empty when the environment describes no stack. */
    public static Optional<Site> from(Map<String, String> environment) {
        String processes = environment.get("SPILLWAY_LAB_PROCESSES");
        String secrets = environment.get("SPILLWAY_LAB_SECRETS");
        String wire = environment.get("SPILLWAY_LAB_REDIS_WIRE");
        if (processes == null || secrets == null || wire == null) {
            return Optional.empty();
        }
        return Optional.of(new Site(Path.of(processes), Path.of(secrets), Integer.parseInt(wire)));
    }

    /** All of the stack as they were last started. */
    public List<Entry> parts() {
        try {
            return Files.readAllLines(processes).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(fields -> fields.length >= 4
                            && Arrays.stream(fields).skip(1).allMatch(field -> field.matches("\\d{1,18}")))
                    .map(fields -> new Entry(
                            fields[0],
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Integer.parseInt(fields[3])))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The part of the stack as it was last started; empty when it has none of that name, or is gone. */
    public Optional<Entry> part(String name) {
        return parts().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    public int port(String name) {
        return part(name).map(Entry::port).orElseThrow(() -> new IllegalStateException("the stack has no " + name));
    }

    public String url(String name) {
        return "http://" + HOST + ":" + port(name);
    }

    public String redisPassword() {
        return secret("spring.data.redis.password");
    }

    public String postgresPassword() {
        return secret("spillway.postgres.password");
    }

    private String secret(String name) {
        try {
            return Files.readString(secrets.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException("the secret " + name + " cannot be read", e);
        }
    }

    /**
     * The stack ends with the launcher, however that ends; so does this process, which disturbs it.
     *
     * @param code of the exit
     */
    public static void endWithLauncher(int code) {
        ProcessHandle.current().parent().ifPresent(launcher -> {
            var unused = launcher.onExit().thenRun(() -> System.exit(code));
        });
    }
}
