package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWritten_isRead() {
        Path file = folder.resolve("run/state");
        RunState state = new RunState(List.of()).with(RunState.Entry.of("redis", ProcessHandle.current(), 16379, 2));
        state.write(file);

        assertThat(RunState.read(file)).isEqualTo(state);
        assertThat(state.named("redis").orElseThrow().process()).contains(ProcessHandle.current());
    }

    @Test
    void aPidThatIsInUseAgain_isNotOurs() {
        ProcessHandle other = ProcessHandle.current();
        RunState.Entry old = new RunState.Entry(
                "redis", other.pid(), RunState.Entry.of("", other, 0, 0).startedMillis() - 1, 0, 0);

        assertThat(old.process()).isEmpty();
    }

    @Test
    void aHalfWrittenLine_namesNoProcess() throws IOException {
        Path file = folder.resolve("state");
        Files.writeString(file, "supervisor 12 34 0 0\nredis 5\nkafka x y z 0\n");

        assertThat(RunState.read(file).entries())
                .extracting(RunState.Entry::name)
                .containsExactly("supervisor");
    }

    @Test
    void noFile_isNoStack() {
        assertThat(RunState.read(folder.resolve("none")).entries()).isEmpty();
    }
}
