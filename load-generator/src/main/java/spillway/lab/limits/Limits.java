package spillway.lab.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;
import spillway.load.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a host can do, as one calibration measured it.
 *
 * @param servers each server's version
 * @param failed why a quantity is not among the measured ones
 */
public record Limits(
        Instant measuredAt,
        Host host,
        Map<String, String> servers,
        List<Limit> measured,
        Map<Quantity, String> failed) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Limits {
        servers = Collections.unmodifiableMap(new TreeMap<>(servers));
        measured = List.copyOf(measured);
        failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }

    /** Where the last calibration is kept: {@code limits.json} in the folder {@code SPILLWAY_LAB_STATE}. */
    public static Path lastCalibration(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("SPILLWAY_LAB_STATE", ".spillway"), "limits.json");
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException also when the file holds something else
     */
    public static Limits read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), Limits.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is no calibration: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes all or nothing: a reader never sees half a calibration. */
    public void write(Path file) throws IOException {
        WholeFile.write(file, JSON.writeValueAsString(this) + "\n");
    }

    /** Empty when the quantity could not be measured. */
    public Optional<Reading> of(Quantity quantity) {
        return measured.stream()
                .filter(limit -> limit.quantity() == quantity)
                .map(Limit::reading)
                .findFirst();
    }

    /** Whether nothing failed. */
    public boolean complete() {
        return failed.isEmpty();
    }
}
