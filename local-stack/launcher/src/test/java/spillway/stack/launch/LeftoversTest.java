package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void processesThatAreStillEnding_areWaitedFor() throws IOException {
        Folders folders = new Folders(folder);
        Process ending = new ProcessBuilder("sleep", "0.5").start();
        new RunState(List.of(RunState.Entry.of("redis", ending.toHandle(), 0, 0))).write(folders.runState());

        Leftovers.await(folders, notes::add);

        assertThat(ending.isAlive()).isFalse();
        assertThat(notes).singleElement().asString().contains("waiting for 1");
    }

    @Test
    void aProcessThatOnlySharesThePid_isLeftAlone() throws IOException {
        Folders folders = new Folders(folder);
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try {
            new RunState(List.of(new RunState.Entry("redis", stranger.pid(), 1, 0, 0))).write(folders.runState());

            Leftovers.await(folders, notes::add);

            assertThat(stranger.isAlive()).isTrue();
            assertThat(notes).isEmpty();
        } finally {
            stranger.destroy();
        }
    }
}
