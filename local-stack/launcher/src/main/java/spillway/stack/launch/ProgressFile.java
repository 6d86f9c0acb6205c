package spillway.stack.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** Progress as a file: a detached supervisor appends to it, whoever watches reads on from where they were. */
final class ProgressFile implements Consumer<ProgressEvent> {

    private final Path file;

    private ProgressFile(Path file) {
        this.file = file;
    }

    /** This process's own file, empty; those of earlier supervisors are deleted. */
    static ProgressFile create(Folders folders) {
        Path file = folders.progress(ProcessHandle.current().pid());
        try {
            Files.createDirectories(file.getParent());
            try (DirectoryStream<Path> earlier = Files.newDirectoryStream(file.getParent(), "progress-*")) {
                for (Path old : earlier) {
                    Files.delete(old);
                }
            }
            Files.writeString(file, "");
            return new ProgressFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void accept(ProgressEvent event) {
        try {
            Files.writeString(file, event.line() + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reader that hands out each event once. */
    static final class Reader {
        private final Path file;
        private int read;

        Reader(Path file) {
            this.file = file;
        }

        /** Forgets what is in the file by now. */
        Reader skipPresent() {
            read = complete().size();
            return this;
        }

        List<ProgressEvent> next() {
            List<String> lines = complete();
            int from = Math.min(read, lines.size());
            read = lines.size();
            return lines.subList(from, lines.size()).stream()
                    .flatMap(line -> ProgressEvent.parse(line).stream())
                    .toList();
        }

        private List<String> complete() {
            try {
                String text = Files.readString(file);
                return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            } catch (NoSuchFileException e) {
                return List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
