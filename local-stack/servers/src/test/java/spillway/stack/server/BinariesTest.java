package spillway.stack.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    @Test
    void serversThatStartTogether_unpackOnceAndLeaveNothingUnfinished(@TempDir Path folder) throws IOException {
        String redis = Host.current().redisBinary();

        List<Path> found = IntStream.range(0, 4)
                .parallel()
                .mapToObj(n -> Binaries.executable(folder, redis))
                .distinct()
                .toList();

        assertThat(found)
                .singleElement()
                .satisfies(file -> assertThat(Files.isExecutable(file)).isTrue());
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).hasSize(1);
        }
    }
}
