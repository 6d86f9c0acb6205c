package spillway.chaos.overload;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The gateway's own books at an instant, since its start.
 *
 * @param at seconds after the traffic began
 * @param level of the ladder
 */
record Look(double at, double level, Map<Rank, Books> books, Memory memory) {

    /** Classes of traffic from the most important to the least; a share is as important as a like. */
    enum Rank {
        POSTS("post"),
        COMMENTS("comment"),
        LIKES("like,share"),
        VIEWS("view");

        /** Those of the gateway's classes, with a comma between them. */
        private final String tags;

        Rank(String tags) {
            this.tags = tags;
        }
    }

    /** Why the gateway refuses what it could do at another time. */
    enum Cause {
        LEVEL("level"),
        LIMIT("limit"),
        SAMPLED("sampled"),
        COALESCED("coalesced"),
        QUEUE_FULL("queue_full");

        private final String tag;

        Cause(String tag) {
            this.tag = tag;
        }
    }

    /** Requests of a class that arrived, and those that were shed. */
    record Books(long offered, Map<Cause, Long> shed) {

        Books {
            shed = Map.copyOf(shed);
        }

        long shed(Cause... causes) {
            return Arrays.stream(causes)
                    .mapToLong(cause -> shed.getOrDefault(cause, 0L))
                    .sum();
        }

        Books minus(Books before) {
            Map<Cause, Long> since = new EnumMap<>(Cause.class);
            shed.forEach((cause, count) -> since.put(cause, count - before.shed(cause)));
            return new Books(offered - before.offered, since);
        }
    }

    Look {
        books = Map.copyOf(books);
    }

    static Look of(double at, Scrape scrape) {
        Map<Rank, Books> books = new EnumMap<>(Rank.class);
        for (Rank rank : Rank.values()) {
            Map<Cause, Long> shed = Arrays.stream(Cause.values())
                    .collect(Collectors.toMap(
                            cause -> cause,
                            cause ->
                                    sum(scrape, "spillway_gateway_shed_total", rank, Scrape.tag("reason", cause.tag))));
            books.put(rank, new Books(sum(scrape, "spillway_gateway_offered_total", rank), shed));
        }
        return new Look(at, scrape.sum("spillway_gateway_admission_level"), books, Memory.of(at, scrape));
    }

    Books of(Rank rank) {
        return books.getOrDefault(rank, new Books(0, Map.of()));
    }

    private static long sum(Scrape scrape, String meter, Rank rank, String... more) {
        return Arrays.stream(rank.tags.split(",", -1))
                .mapToLong(tag -> {
                    String[] tags = Arrays.copyOf(more, more.length + 1);
                    tags[more.length] = Scrape.tag("class", tag);
                    return (long) scrape.sum(meter, tags);
                })
                .sum();
    }
}
