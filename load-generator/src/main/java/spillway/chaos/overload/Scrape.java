package spillway.chaos.overload;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meters of a process as it shows them to Prometheus. */
record Scrape(Map<String, Double> values) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? (\\S+)");

    Scrape {
        values = Map.copyOf(values);
    }

    /** What is no number is left out, and so are the buckets of histograms. */
    static Scrape parse(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines()
                .filter(line -> !line.startsWith("#") && !line.contains("_bucket{"))
                .forEach(line -> {
                    Matcher match = LINE.matcher(line);
                    if (match.matches()) {
                        double value = Double.parseDouble(match.group(3));
                        values.put(match.group(1) + "{" + (match.group(2) == null ? "" : match.group(2)) + "}", value);
                    }
                });
        return new Scrape(values);
    }

    /** The sum over all meters of that name that carry all these tags. */
    double sum(String name, String... tags) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "{") && hasAll(entry.getKey(), tags))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static boolean hasAll(String meter, String... tags) {
        for (String tag : tags) {
            int at = meter.indexOf(tag);
            // A tag begins after the brace or a comma: "class" is no part of "subclass".
            if (at < 1 || (meter.charAt(at - 1) != '{' && meter.charAt(at - 1) != ',')) {
                return false;
            }
        }
        return true;
    }

    static String tag(String name, String value) {
        return name + "=\"" + value + "\"";
    }
}
