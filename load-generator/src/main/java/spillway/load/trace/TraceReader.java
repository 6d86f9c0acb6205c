package spillway.load.trace;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace row by row and checks what only the rows together tell: time does not go backwards, and a post keeps its
 * author. Holds one row and the posts, never the file.
 */
final class TraceReader implements Closeable {

    private final BufferedReader lines;
    private final Map<String, Long> authors = new HashMap<>();
    private long line;
    private long lastOffset;

    TraceReader(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new TraceFault(Files.exists(file) ? "it is not a regular file" : "there is no such file");
        }
        lines = Files.newBufferedReader(file);
    }

    /** The next row, or null at the end. */
    @Nullable TraceRow next() {
        String text = readLine();
        if (text != null && line == 1) {
            if (!text.equals(TraceRow.HEADER)) {
                throw new TraceFault(line, "the header must be " + TraceRow.HEADER);
            }
            text = readLine();
        }
        while (text != null && text.isBlank()) {
            text = readLine();
        }
        return text == null ? null : checked(TraceRow.parse(text, line));
    }

    private TraceRow checked(TraceRow row) {
        if (row.offsetNanos() < lastOffset) {
            throw new TraceFault(line, "the offset goes backwards");
        }
        lastOffset = row.offsetNanos();
        Long author = authors.putIfAbsent(row.post(), row.author());
        if (author != null && author != row.author()) {
            throw new TraceFault(line, "post " + row.post() + " has another author above: " + author);
        }
        return row;
    }

    private @Nullable String readLine() {
        try {
            line++;
            return lines.readLine();
        } catch (CharacterCodingException e) {
            throw new TraceFault(line, "it is not UTF-8 text (at or soon after this line)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
