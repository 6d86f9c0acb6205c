package spillway.stack.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import spillway.stack.process.StackFailure;

/**
 * A server's data folder, known to be whole.
 *
 * <p>The marker is written last, so a preparation killed midway leaves none, and only a folder that never got its
 * marker is made anew. A marked folder is never deleted here, whatever its state.
 */
public final class DataFolder {

    private static final String MARKER = "spillway-complete";

    private DataFolder() {}

    /** Fills a new folder. */
    @FunctionalInterface
    interface Preparation {
        void into(Path folder) throws IOException;
    }

    /** Runs the preparation unless it completed before; {@code format} must then be the same. */
    static void prepare(Place place, String format, Preparation preparation) {
        Path marker = place.data().resolve(MARKER);
        try {
            if (Files.exists(marker)) {
                String found = Files.readString(marker).strip();
                if (!found.equals(format)) {
                    throw new StackFailure(place.data() + " holds data of " + found + ", not of " + format
                            + "; nothing was changed (./spillway down --wipe deletes it)");
                }
                return;
            }
            if (Files.exists(place.data())) {
                place.notes().accept(place.name() + ": its data folder was never completed, making it anew");
                delete(place.data());
            }
            Files.createDirectories(place.data());
            Files.setPosixFilePermissions(place.data(), PosixFilePermissions.fromString("rwx------"));
            preparation.into(place.data());
            Files.writeString(marker, format + System.lineSeparator());
        } catch (IOException e) {
            throw new StackFailure("cannot prepare " + place.data(), e);
        }
    }

    /** Deletes a folder and all in it; one that is not there is fine. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
