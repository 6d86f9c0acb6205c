package spillway.stack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The end of a log, read from its end whatever its size: its last lines, and before them the first that complain, since
 * a server that gives up may still say much about how it leaves.
 */
public final class LogTail {

    private static final int LINES = 15;
    private static final int COMPLAINTS = 5;
    private static final int BYTES = 64 * 1024;
    private static final Pattern COMPLAINT = Pattern.compile("\\b(ERROR|FATAL|PANIC)\\b|Exception\\b");

    private LogTail() {}

    public static List<String> of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            byte[] end = new byte[(int) Math.min(BYTES, file.length())];
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            int last = Math.max(0, lines.size() - LINES);
            Stream<String> complaints = lines.subList(0, last).stream()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .limit(COMPLAINTS);
            return Stream.concat(complaints, lines.stream().skip(last)).toList();
        } catch (IOException e) {
            return List.of("(no log at " + log + ")");
        }
    }
}
