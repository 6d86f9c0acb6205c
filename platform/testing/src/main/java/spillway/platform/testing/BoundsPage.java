package spillway.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The page that says where the system is bounded, held against the code: each setting of a part has the default that is
 * said there, in the configuration records or in the part's own properties.
 *
 * <pre>{@code
 * @Test
 * void thePageOfBounds_saysWhatTheCodeDoes() throws IOException {
 *     assertThat(BoundsPage.find().differences("gateway")).isEmpty();
 * }
 * }</pre>
 *
 * <p>A row counts that begins with the parts it is about and has settings in its fourth column; the defaults stand in its
 * third column in the same order. Both are in backticks.
 */
public final class BoundsPage {

    /** Of the rows that are about every service but the gateway. */
    private static final String ALL = "services";

    private static final String GATEWAY = "gateway";
    private static final Path PLACE = Path.of("docs", "bounds.md");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final int COLUMNS = 6;

    private final Path page;

    BoundsPage(Path page) {
        this.page = page;
    }

    /** The page of the repository that the working directory is in. */
    public static BoundsPage find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(PLACE))) {
                return new BoundsPage(folder.resolve(PLACE));
            }
        }
        throw new IllegalStateException("there is no " + PLACE + " above the working directory");
    }

    /**
     * What is wrong in the rows of a part whose code and properties are on the class path, and that it has no rows.
     *
     * @param part as in the first column
     */
    public List<String> differences(String part) throws IOException {
        return differences(part, defaults());
    }

    List<String> differences(String part, Map<String, String> defaults) throws IOException {
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(page)) {
            String[] cells = line.strip().split("\\|", -1);
            if (cells.length == COLUMNS + 2 && isAbout(cells[1], part)) {
                rows++;
                compare(cells[2].strip(), quoted(cells[4]), quoted(cells[3]), defaults, wrong);
            }
        }
        if (rows == 0) {
            wrong.add("no row is about " + part);
        }
        return wrong;
    }

    private static void compare(
            String bound, List<String> settings, List<String> said, Map<String, String> defaults, List<String> wrong) {
        if (settings.isEmpty()) {
            return;
        }
        if (settings.size() != said.size()) {
            wrong.add("%s: %d settings, %d defaults".formatted(bound, settings.size(), said.size()));
            return;
        }
        for (int i = 0; i < settings.size(); i++) {
            String real = defaults.get(settings.get(i));
            if (!said.get(i).equals(real)) {
                wrong.add("%s: %s is %s, not %s".formatted(bound, settings.get(i), real, said.get(i)));
            }
        }
    }

    private static boolean isAbout(String parts, String part) {
        List<String> named = List.of(parts.strip().split(", "));
        return named.contains(part) || (named.contains(ALL) && !part.equals(GATEWAY));
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** Of the records first; the properties of all services win over them, and a part's own over both. */
    private static Map<String, String> defaults() throws IOException {
        ClassLoader classes = BoundsPage.class.getClassLoader();
        Map<String, String> defaults = new HashMap<>();
        for (URL metadata : Collections.list(classes.getResources(METADATA))) {
            try (InputStream in = metadata.openStream()) {
                Map<String, Object> tree =
                        JsonParserFactory.getJsonParser().parseMap(new String(in.readAllBytes(), UTF_8));
                if (tree.get("properties") instanceof List<?> properties) {
                    properties.forEach(property -> note(property, defaults));
                }
            }
        }
        for (String own : List.of("spillway-defaults.properties", "application.properties")) {
            for (URL file : Collections.list(classes.getResources(own))) {
                Properties properties = new Properties();
                try (InputStream in = file.openStream()) {
                    properties.load(in);
                }
                properties.forEach((name, value) ->
                        defaults.put(name.toString().replace('[', '.').replace("]", ""), value.toString()));
            }
        }
        return defaults;
    }

    private static void note(Object property, Map<String, String> defaults) {
        if (property instanceof Map<?, ?> fields && fields.get("defaultValue") != null) {
            defaults.put(String.valueOf(fields.get("name")), String.valueOf(fields.get("defaultValue")));
        }
    }
}
