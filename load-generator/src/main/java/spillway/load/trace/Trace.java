package spillway.load.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import spillway.load.plan.Recorded;
import spillway.load.trace.TraceRow.Kind;

/**
 * What a first pass over a trace tells: that every row can be read, who takes part, and how many likes each post must
 * have in the end, which is the number of distinct users who like it.
 *
 * @param posts the posts' numbers by their names, in order of first appearance
 * @param operations likes with repetitions, and one creation per post
 */
record Trace(
        Path file,
        Map<String, Integer> posts,
        List<Long> users,
        List<Recorded> recorded,
        long firstOffsetNanos,
        long lastOffsetNanos,
        long operations) {

    static Trace read(Path file) throws IOException {
        Map<String, Set<Long>> likers = new LinkedHashMap<>();
        Set<Long> users = new TreeSet<>();
        long first = -1;
        long last = 0;
        long likes = 0;
        try (TraceReader reader = new TraceReader(file)) {
            for (TraceRow row = reader.next(); row != null; row = reader.next()) {
                first = first < 0 ? row.offsetNanos() : first;
                last = row.offsetNanos();
                users.add(row.author());
                Set<Long> known = likers.computeIfAbsent(row.post(), name -> new HashSet<>());
                if (row.kind() == Kind.LIKE) {
                    users.add(row.user());
                    known.add(row.user());
                    likes++;
                }
            }
        }
        if (likers.isEmpty()) {
            throw new TraceFault("it has no rows");
        }
        Map<String, Integer> numbers = new HashMap<>();
        List<Recorded> recorded = new ArrayList<>();
        likers.forEach((name, distinct) -> {
            recorded.add(new Recorded(numbers.size(), name, distinct.size()));
            numbers.put(name, numbers.size());
        });
        return new Trace(file, numbers, List.copyOf(users), recorded, first, last, likes + numbers.size());
    }
}
