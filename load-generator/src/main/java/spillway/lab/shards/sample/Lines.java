package spillway.lab.shards.sample;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a text file that say something, with their numbers: blank ones are left out. */
final class Lines implements Closeable {

    private static final int LONGEST = 10_000;

    private final BufferedReader reader;
    private long number;
    private int said;

    /** @throws SampleFault when there is no such file */
    Lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new SampleFault(Files.exists(file) ? "it is not a regular file" : "there is no such file");
        }
        reader = Files.newBufferedReader(file);
    }

    /** The next line, or null at the end. */
    @Nullable String next() throws IOException {
        String line = read();
        while (line != null && line.isBlank()) {
            line = read();
        }
        if (line != null && ++said > Generator.MOST) {
            throw new SampleFault(number, "more than " + Generator.MOST + " writes");
        }
        return line;
    }

    private @Nullable String read() throws IOException {
        number++;
        try {
            String line = reader.readLine();
            if (line != null && line.length() > LONGEST) {
                throw new SampleFault(number, "longer than " + LONGEST + " characters");
            }
            return line;
        } catch (CharacterCodingException e) {
            throw new SampleFault(number, "it is not UTF-8 text (at or soon after this line)");
        }
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
