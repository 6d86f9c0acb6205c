package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    private static final ProgressEvent STARTING = ProgressEvent.of(ProgressEvent.Kind.STARTING, "kafka");
    private static final ProgressEvent READY =
            new ProgressEvent(ProgressEvent.Kind.READY, "kafka", 2_345, "port 19092");

    @TempDir
    Path folder;

    @Test
    void aReader_getsEachEventOnce_andNoHalfLine() throws IOException {
        Folders folders = new Folders(folder);
        Path path = folders.progress(ProcessHandle.current().pid());
        ProgressFile file = ProgressFile.create(folders);
        ProgressFile.Reader reader = new ProgressFile.Reader(path);
        file.accept(STARTING);
        assertThat(reader.next()).containsExactly(STARTING);

        Files.writeString(path, READY.line(), StandardOpenOption.APPEND);
        assertThat(reader.next()).isEmpty();
        Files.writeString(path, "\n", StandardOpenOption.APPEND);
        assertThat(reader.next()).containsExactly(READY);
    }

    @Test
    void inAPipe_thereAreOnlyWholeLines() {
        assertThat(shown(false)).isEqualTo("  kafka        ready       2.3 s   port 19092\n");
    }

    @Test
    void onATerminal_theLastLineSaysWhatIsUnderWay() {
        assertThat(shown(true)).startsWith("\r\033[K  under way: kafka").doesNotContain("\033[3");
    }

    private static String shown(boolean terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        screen.show(STARTING);
        screen.show(READY);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
