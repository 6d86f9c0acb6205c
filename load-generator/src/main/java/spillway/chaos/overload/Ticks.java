package spillway.chaos.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What became of the machine's processor time since it was started, in clock ticks (proc_stat(5)). The time that is stolen
 * is what a process was ready to use and the host gave to somebody else's machine: no figure of a process shows it.
 *
 * @param all zero where the system does not say
 */
record Ticks(long stolen, long all) {

    static final Path STAT = Path.of("/proc/stat");

    private static final Ticks UNKNOWN = new Ticks(0, 0);
    private static final int STEAL = 7;

    /** Behind stolen time are that of guests, which is counted before, too. */
    private static final int DISTINCT = 8;

    /** @param stat a file like {@link #STAT}, whose first line is about all processors */
    static Ticks read(Path stat) {
        try (var lines = Files.lines(stat)) {
            return lines.findFirst().map(Ticks::parse).orElse(UNKNOWN);
        } catch (IOException | NumberFormatException noLinux) {
            return UNKNOWN;
        }
    }

    private static Ticks parse(String line) {
        String[] words = line.split(" +", -1);
        if (words.length <= DISTINCT || !words[0].equals("cpu")) {
            return UNKNOWN;
        }
        long[] ticks =
                Arrays.stream(words, 1, DISTINCT + 1).mapToLong(Long::parseLong).toArray();
        return new Ticks(ticks[STEAL], Arrays.stream(ticks).sum());
    }

    /** Share of the processors' time that was stolen since then, 0 to 1; none where nobody knows. */
    OptionalDouble stolenSince(Ticks before) {
        return before.all == 0 || all <= before.all
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) (stolen - before.stolen) / (all - before.all));
    }
}
