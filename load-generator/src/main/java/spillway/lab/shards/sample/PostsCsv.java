package spillway.lab.shards.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes as lines of comma-separated fields under a header: {@code user}, and if known {@code post}, {@code country} (two
 * capital letters) and {@code time} (ISO 8601, or seconds since 1970); other columns are passed over. Quotes are refused.
 */
public final class PostsCsv {

    private static final Pattern ID = Pattern.compile("\\d{1,19}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    private final List<String> header;
    private final Homes homes;

    private PostsCsv(List<String> header, Homes homes) {
        this.header = header;
        this.homes = homes;
    }

    /**
     * Reads the whole file.
     *
     * @param seed of what it does not say
     * @throws SampleFault when it is no such file; the message says where and why
     */
    public static Sample read(Path file, long seed) throws IOException {
        List<Write> writes = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            PostsCsv csv = new PostsCsv(header(lines), new Homes(seed));
            for (String line = lines.next(); line != null; line = lines.next()) {
                writes.add(csv.write(line, lines.number(), writes.size() + 1L));
            }
            if (writes.isEmpty()) {
                throw new SampleFault("it has no writes");
            }
            String title = String.format(Locale.ROOT, "%,d writes of %s", writes.size(), file.getFileName());
            return new Sample(title, csv.notes(), writes);
        }
    }

    private static List<String> header(Lines lines) throws IOException {
        String line = lines.next();
        if (line == null) {
            throw new SampleFault("it is empty");
        }
        List<String> header = fields(line, lines.number());
        if (!header.contains("user")) {
            throw SampleFault.field(lines.number(), "a header with a column user is expected", line);
        }
        if (header.stream().distinct().count() < header.size()) {
            throw SampleFault.field(lines.number(), "a header names each column once", line);
        }
        return header;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!header.contains("post")) {
            notes.add("Posts are numbered in the file's order.");
        }
        if (!header.contains("country")) {
            notes.add(Homes.NOTE);
        }
        if (!header.contains("time")) {
            notes.add("It has no times: nothing about time, and nothing about one moment (now).");
        }
        return notes;
    }

    private Write write(String line, long number, long ordinal) {
        List<String> fields = fields(line, number);
        if (fields.size() != header.size()) {
            throw new SampleFault(number, fields.size() + " fields under a header of " + header.size());
        }
        long user = id("user", fields.get(header.indexOf("user")), number);
        return new Write(
                user,
                field("post", fields).map(text -> id("post", text, number)).orElse(ordinal),
                field("country", fields).map(text -> country(text, number)).orElseGet(() -> homes.of(user)),
                field("time", fields).map(text -> time(text, number)));
    }

    private Optional<String> field(String column, List<String> fields) {
        int at = header.indexOf(column);
        return at < 0 ? Optional.empty() : Optional.of(fields.get(at));
    }

    private static List<String> fields(String line, long number) {
        if (line.contains("\"")) {
            throw new SampleFault(number, "quoted fields are not read here");
        }
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private static long id(String what, String text, long number) {
        try {
            long id = ID.matcher(text).matches() ? Long.parseLong(text) : 0;
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException tooLarge) {
            // More than an id holds: refused like everything else that is none.
        }
        throw SampleFault.field(number, "a " + what + " is a positive number", text);
    }

    private static String country(String text, long number) {
        if (!Write.isCountry(text)) {
            throw SampleFault.field(number, "a country is two capital letters", text);
        }
        return text;
    }

    private static Instant time(String text, long number) {
        try {
            Instant time =
                    SECONDS.matcher(text).matches() ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH)) {
                return time;
            }
        } catch (DateTimeException noTime) {
            // Refused below, like a time before there were any posts.
        }
        throw SampleFault.field(number, "a time is ISO 8601 or seconds since 1970", text);
    }
}
