package spillway.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path folder;

    @Test
    void aReasonFollowedByALongGoodbye_isStillShown() throws IOException {
        List<String> lines = new ArrayList<>(List.of("INFO starting", "ERROR cannot bind", "  at Server.bind"));
        for (int line = 0; line < 40; line++) {
            lines.add("INFO leaving " + line);
        }

        List<String> tail = LogTail.of(Files.write(folder.resolve("log"), lines));

        assertThat(tail)
                .hasSize(16)
                .startsWith("ERROR cannot bind", "INFO leaving 25")
                .endsWith("INFO leaving 39");
    }

    @Test
    void aComplaintAmongTheLastLines_isShownOnce() throws IOException {
        Path log = Files.write(folder.resolve("log"), List.of("INFO starting", "FATAL no space"));

        assertThat(LogTail.of(log)).containsExactly("INFO starting", "FATAL no space");
    }

    @Test
    void noLog_isSaid() {
        assertThat(LogTail.of(folder.resolve("none")))
                .singleElement()
                .asString()
                .contains("no log");
    }
}
