package spillway.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicksTest {

    @TempDir
    private Path folder;

    @Test
    void stolenTime_isAShareOfAllTime_inWhichThatOfGuestsCountsOnce() throws IOException {
        Ticks before = read("cpu  100 0 50 800 10 0 5 35 60 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
        Ticks after = read("cpu  140 0 60 810 10 0 5 75 90 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");

        assertThat(after.stolenSince(before)).hasValue(0.4);
    }

    @Test
    void whereNobodyKnows_nothingIsSaid() throws IOException {
        Ticks none = Ticks.read(folder.resolve("none"));

        assertThat(none.stolenSince(none)).isEmpty();
        assertThat(read("cpu  1 2 3\n").stolenSince(none)).isEmpty();
        assertThat(read("cpu  1 2 3 4 5 6 7 many\n").stolenSince(none)).isEmpty();
        assertThat(read("").stolenSince(none)).isEmpty();
    }

    private Ticks read(String stat) throws IOException {
        return Ticks.read(Files.writeString(folder.resolve("stat"), stat));
    }
}
