package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Processors of this machine divided between those who refuse and those who work. Where all share all, whatever the load
 * generator and the gateway spend on a refused request is missing behind them, and an overload measures the generator; in
 * a deployment they are machines of their own.
 *
 * <p>By {@code taskset} of util-linux, which systems other than Linux lack: there nothing is divided.
 *
 * @param front for gateway and load generator
 * @param behind for services and stores
 */
record ProcessorSplit(List<Integer> front, List<Integer> behind) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int LIMIT_SECONDS = 5;

    ProcessorSplit {
        front = List.copyOf(front);
        behind = List.copyOf(behind);
    }

    /** Nothing divided: everybody has all. */
    static ProcessorSplit none() {
        return new ProcessorSplit(List.of(), List.of());
    }

    /**
     * Divides the processors that this process may use, and confines it to those behind, and with it all that it starts
     * from now on.
     *
     * @return empty where there is one only, or no {@code taskset}
     */
    static Optional<ProcessorSplit> confine() {
        Optional<ProcessorSplit> split = allowed().flatMap(ProcessorSplit::of);
        String self = String.valueOf(ProcessHandle.current().pid());
        return split.filter(each -> succeeds(List.of("taskset", "-a", "-p", "-c", list(each.behind()), self)));
    }

    /** Half each, and those behind have one more of an odd number. */
    static Optional<ProcessorSplit> of(List<Integer> all) {
        int front = all.size() / 2;
        return front == 0
                ? Optional.empty()
                : Optional.of(new ProcessorSplit(all.subList(0, front), all.subList(front, all.size())));
    }

    /** What comes before the command line of a process that belongs in front; empty when nothing is divided. */
    List<String> inFront() {
        return front.isEmpty() ? List.of() : List.of("taskset", "-c", list(front));
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

    private static Optional<List<Integer>> allowed() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> parse(line.substring(ALLOWED.length())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String list(List<Integer> processors) {
        return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
