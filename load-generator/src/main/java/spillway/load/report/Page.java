package spillway.load.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A page among a class's resources that draws the JSON put into it, so that one HTML file needs nothing else. */
public final class Page {

    private Page() {}

    /**
     * The page with its data.
     *
     * @param owner whose resource it is
     * @param place what stands in the page where the data goes
     */
    public static String filled(Class<?> owner, String resource, String place, JsonNode data) {
        try (InputStream page = Objects.requireNonNull(owner.getResourceAsStream(resource))) {
            // Data must not be able to end the script element it stands in.
            String json = data.toString().replace("<", "\\u003c");
            return new String(page.readAllBytes(), StandardCharsets.UTF_8).replace(place, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
