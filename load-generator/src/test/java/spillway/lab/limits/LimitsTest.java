package spillway.lab.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;
import spillway.lab.stack.Part;

class LimitsTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWritten_isReadAgain() throws IOException {
        Limits limits = sample();
        Path file = folder.resolve("limits.json");

        limits.write(file);

        assertThat(Limits.read(file)).isEqualTo(limits);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aMeasuredQuantity_isFound_andAFailedOneIsNot() {
        Limits limits = sample();

        assertThat(limits.of(Quantity.REDIS_SADD))
                .hasValueSatisfying(reading -> assertThat(reading.rate()).isEqualTo(600_000));
        assertThat(limits.of(Quantity.DISK_SYNC)).isEmpty();
        assertThat(limits.complete()).isFalse();
    }

    @Test
    void aFileOfSomethingElse_isNoCalibration() throws IOException {
        Path file = Files.writeString(folder.resolve("limits.json"), "{\"measured\":[{\"quantity\":\"SPEED\"}]}");

        assertThatThrownBy(() -> Limits.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("limits.json");
    }

    @Test
    void theLastCalibration_liesInTheStateFolder() {
        assertThat(Limits.lastCalibration(Map.of("SPILLWAY_LAB_STATE", "/state")))
                .hasToString("/state/limits.json");
    }

    static Limits sample() {
        Reading sadd = new Reading(600_000, 590_000, 640_000, Map.of(Part.REDIS, 1.6), 0.3);
        return new Limits(
                Instant.parse("2026-11-20T12:00:00Z"),
                new Host(2, 25_769_803_776L, "Linux 6.1 amd64", "OpenJDK 25"),
                Map.of("redis", "7.0.15"),
                List.of(new Limit(Quantity.REDIS_SADD, "500 in a pipeline", sadd)),
                Map.of(Quantity.DISK_SYNC, "no space left"));
    }
}
