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
import java.util.function.Supplier;
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
 * and waits for a processor among the threads of three services holds up the commits of all shards. For the same reason
 * stores go before services, and where they meet gateway and generator they go after those: they have so many threads that
 * event loops waited for their turn most of the time, and every request, a refused one too, before it was read.
 *
 * <p>By {@code taskset} and {@code renice} of util-linux, which systems other than Linux lack: there nothing is divided.
 *
 * @param front for gateway and generator only
 * @param behind for services
 * @param all how many there are for this process; those of both, when they are divided
 */
record Cores(List<Integer> front, List<Integer> behind, int all) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int LIMIT_SECONDS = 5;
    /** Whoever is nicer by 5 has a third of the weight, by 10 a tenth (sched(7)). */
    private static final int STORES_NICER = 5;

    private static final int SERVICES_NICER = 10;
    private static final int ATTEMPTS = 3;
    private static final Path PROC = Path.of("/proc");
    private static final List<String> STORES = List.of("postgres", "redis", "kafka", "cassandra");

    /** All of them for everybody. */
    static Cores shared() {
        return new Cores(List.of(), List.of(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Divides the processors that this process may use among it, the gateway, and the services, and says who goes first.
     * What a process starts from then on stays where it is; nothing undoes it but their end.
     *
     * @return {@link #shared} where there is one only, no {@code taskset} or {@code renice}, or where one fails
     */
    static Cores divide(Site site) {
        Optional<Cores> cores = allowed().flatMap(Cores::of);
        if (cores.isEmpty() || !isThere("taskset") || !isThere("renice")) {
            return shared();
        }
        List<Integer> front = cores.get().front();
        List<Integer> behind = cores.get().behind();
        List<Integer> both = Stream.concat(front.stream(), behind.stream()).toList();
        // In this order: the launcher is among the services, and all others are its descendants.
        boolean divided = pinAll(site, part -> !isStore(part) && !isGateway(part), behind)
                && pinAll(site, Cores::isStore, both)
                && pinAll(site, Cores::isGateway, front)
                && pin(ProcessHandle.current(), front)
                && lower(site, Cores::isStore, STORES_NICER)
                && lower(site, Cores::isService, SERVICES_NICER);
        return divided ? cores.get() : shared();
    }

    private static boolean isGateway(Site.Entry part) {
        return part.name().equals("gateway");
    }

    private static boolean isStore(Site.Entry part) {
        return STORES.stream().anyMatch(part.name()::startsWith);
    }

    /** Without the supervisor, which serves no port: what it starts again would be as nice as it. */
    private static boolean isService(Site.Entry part) {
        return !isStore(part) && !isGateway(part) && part.port() > 0;
    }

    private static boolean lower(Site site, Predicate<Site.Entry> which, int nicer) {
        return lower(
                () -> processes(site, which)
                        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants())),
                nicer);
    }

    private static boolean pinAll(Site site, Predicate<Site.Entry> which, List<Integer> cores) {
        return processes(site, which).allMatch(process -> pin(process, cores));
    }

    private static Stream<ProcessHandle> processes(Site site, Predicate<Site.Entry> which) {
        return site.parts().stream().filter(which).flatMap(part -> part.process().stream());
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

    /**
     * With all their threads, in one call: as many as there are threads would take the processors from what is measured. A
     * thread that ends meanwhile fails the call.
     */
    static boolean lower(Supplier<Stream<ProcessHandle>> processes, int nicer) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<String> command = new ArrayList<>(List.of("renice", "-n", String.valueOf(nicer), "-p"));
            processes.get().flatMap(Cores::threads).forEach(command::add);
            if (succeeds(command.toArray(String[]::new))) {
                return true;
            }
        }
        return false;
    }

    /** Their ids; none where they cannot be read. */
    static Stream<String> threads(ProcessHandle process) {
        String[] ids = PROC.resolve(String.valueOf(process.pid()))
                .resolve("task")
                .toFile()
                .list();
        return ids == null ? Stream.empty() : Stream.of(ids);
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
                : "%d for gateway and generator (first), %d for services, all for stores"
                        .formatted(front.size(), behind.size());
    }
}
