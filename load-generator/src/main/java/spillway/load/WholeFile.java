package spillway.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes all or nothing: a reader never sees half a file. */
public final class WholeFile {

    private WholeFile() {}

    /** Whether there is a folder for the file: what could not be written after a long run is better refused before it. */
    public static boolean hasFolder(Path file) {
        return Files.isDirectory(file.toAbsolutePath().resolveSibling(""));
    }

    public static void write(Path file, String text) throws IOException {
        Path whole = file.toAbsolutePath();
        Path part = Files.createTempFile(whole.getParent(), "." + whole.getFileName(), ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
