package spillway.chaos.overload;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import spillway.chaos.site.Site;

/**
 * Processors of this machine divided between those who refuse and those who work. Where all share all, whatever generator
 * and gateway spend on a refused request is missing behind them, and an overload measures the generator; in a deployment
 * they are machines of their own.
 *
 * <p>Stores may use all of them. They need little, and at once: a server process of Postgres that holds the lock of the log
 * and waits for a processor among the threads of three services holds up the commits of all shards.
 *
 * <p>By {@code taskset} of util-linux, which systems other than Linux lack: there nothing is divided.
 *
 * @param front for gateway and generator only
 * @param behind for services
 * @param all how many there are for this process; those of both, when they are divided
 */
record Cores(List<Integer> front, List<Integer> behind, int all) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int LIMIT_SECONDS = 5;
    private static final List<String> STORES = List.of("postgres", "redis", "kafka", "cassandra");

    /** All of them for everybody. */
    static Cores shared() {
        return new Cores(List.of(), List.of(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Divides the processors that this process may use among it, the gateway, and the services. What a process starts
     * from then on stays where it is; nothing undoes it but their end.
     *
     * @return {@link #shared} where there is one only, no {@code taskset}, or where it fails
     */
    static Cores divide(Site site) {
        Optional<Cores> cores = allowed().flatMap(Cores::of);
        if (cores.isEmpty() || !isThere("taskset")) {
            return shared();
        }
        List<Integer> front = cores.get().front();
        List<Integer> behind = cores.get().behind();
        List<Integer> both = Stream.concat(front.stream(), behind.stream()).toList();
        // In this order: the launcher is among the services, and all others are its descendants.
        boolean divided = pinAll(site, part -> !isStore(part) && !isGateway(part), behind)
                && pinAll(site, Cores::isStore, both)
                && pinAll(site, Cores::isGateway, front)
                && pin(ProcessHandle.current(), front);
        return divided ? cores.get() : shared();
    }

    private static boolean isGateway(Site.Entry part) {
        return part.name().equals("gateway");
    }

    private static boolean isStore(Site.Entry part) {
        return STORES.stream().anyMatch(part.name()::startsWith);
    }

    private static boolean pinAll(Site site, Predicate<Site.Entry> which, List<Integer> cores) {
        return site.parts().stream()
                .filter(which)
                .flatMap(part -> part.process().stream())
                .allMatch(process -> pin(process, cores));
    }

    /** Half each, and those behind have one more of an odd number. */
    static Optional<Cores> of(List<Integer> all) {
        int half = all.size() / 2;
        return half == 0
                ? Optional.empty()
                : Optional.of(new Cores(
                        List.copyOf(all.subList(0, half)), List.copyOf(all.subList(half, all.size())), all.size()));
    }

    /** Such as {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.trim().split(",", -1)) {
            String[] ends = range.split("-", 2);
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        return numbers;
    }

    /** With all its threads, and its children, such as the connections of a Postgres server. */
    static boolean pin(ProcessHandle process, List<Integer> cores) {
        String list = cores.stream().map(String::valueOf).collect(Collectors.joining(","));
        boolean itself = succeeds("taskset", "-a", "-p", "-c", list, String.valueOf(process.pid()));
        // A child may have ended meanwhile; what the process starts from now on has its processors.
        process.descendants()
                .forEach(child -> succeeds("taskset", "-a", "-p", "-c", list, String.valueOf(child.pid())));
        return itself;
    }

    static boolean isThere(String program) {
        return succeeds(program, "--version");
    }

    /** Those that this process may use; empty where the system does not say so. */
    static Optional<List<Integer>> allowed() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> parse(line.substring(ALLOWED.length())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return front.isEmpty()
                ? "%d, shared by all".formatted(all)
                : "%d for gateway and generator, %d for services, all for stores"
                        .formatted(front.size(), behind.size());
    }
}
