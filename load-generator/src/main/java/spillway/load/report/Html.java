package spillway.load.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A run as one HTML file that needs nothing else: the report's JSON, and a page that draws it. */
public final class Html {

    private static final String PLACE = "{{report}}";

    private Html() {}

    public static String text(Report report) {
        // Data must not be able to end the script element it stands in.
        return page().replace(PLACE, Json.tree(report).toString().replace("<", "\\u003c"));
    }

    private static String page() {
        try (InputStream page = Objects.requireNonNull(Html.class.getResourceAsStream("report.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
