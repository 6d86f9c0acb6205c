package spillway.lab.shards.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A graph as one edge per line, {@code a b} or {@code a,b}: each is taken for a write by its first user. Users count from
 * 0 in many such files and from 1 here, so each number is one more. Lines that begin with # or % are comments.
 */
public final class EdgeList {

    private static final Pattern EDGE = Pattern.compile("\\s*(\\d{1,18})(?:\\s*,\\s*|\\s+)(\\d{1,18})\\s*");

    private EdgeList() {}

    /**
     * Reads the whole file.
     *
     * @param seed of what it does not say
     * @throws SampleFault when it is no such list; the message says where and why
     */
    public static Sample read(Path file, long seed) throws IOException {
        Homes homes = new Homes(seed);
        List<Write> writes = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.startsWith("#") && !line.startsWith("%")) {
                    Matcher edge = EDGE.matcher(line);
                    if (!edge.matches()) {
                        throw SampleFault.field(lines.number(), "two users are expected, as in 12 7 or 12,7", line);
                    }
                    long user = Long.parseLong(edge.group(1)) + 1;
                    writes.add(new Write(user, writes.size() + 1L, homes.of(user), Optional.empty()));
                }
            }
        }
        if (writes.isEmpty()) {
            throw new SampleFault("it has no edges");
        }
        String title = String.format(Locale.ROOT, "%,d edges of %s", writes.size(), file.getFileName());
        return new Sample(
                title,
                List.of(
                        "Each edge is taken for a new post by its first user, posts numbered in the file's order.",
                        Homes.NOTE,
                        "It has no times: nothing about time, and nothing about one moment (now)."),
                writes);
    }
}
