package spillway.chaos.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import spillway.chaos.overload.Look.Books;
import spillway.chaos.overload.Look.Cause;
import spillway.chaos.overload.Look.Rank;

/**
 * Stretches, about a second each, in which a class was refused for overload while a less important one got through whole.
 *
 * <p>By the gateway's own books from one look to the next. A class is refused when at least {@link #REFUSED} and one in a
 * hundred of its requests were, by the level, or by a limit that it shares with the other class: posts with comments, likes
 * with views. A class gets through whole when at least {@link #OFFERED} of it came and none was refused or sampled;
 * repeated views that coalesce are no refusals. Fewer say nothing: they may have come before or after those refused.
 */
record Inversions(int windows, List<String> found) {

    static final int REFUSED = 5;
    static final int OFFERED = 50;
    private static final double SHARE = 0.01;

    Inversions {
        found = List.copyOf(found);
    }

    static Inversions in(List<Look> looks) {
        List<String> found = new ArrayList<>();
        for (int i = 1; i < looks.size(); i++) {
            Look before = looks.get(i - 1);
            Look now = looks.get(i);
            for (Rank high : Rank.values()) {
                for (Rank low : Rank.values()) {
                    if (low.compareTo(high) > 0
                            && isRefused(since(before, now, high), shareLimit(high, low))
                            && isWhole(since(before, now, low))) {
                        found.add("at %.0f s %s were refused while %s got through"
                                .formatted(now.at(), name(high), name(low)));
                    }
                }
            }
        }
        return new Inversions(Math.max(0, looks.size() - 1), found);
    }

    private static Books since(Look before, Look now, Rank rank) {
        return now.of(rank).minus(before.of(rank));
    }

    private static boolean isRefused(Books books, boolean byLimitToo) {
        long refused = byLimitToo ? books.shed(Cause.LEVEL, Cause.LIMIT) : books.shed(Cause.LEVEL);
        return refused >= REFUSED && refused >= SHARE * books.offered();
    }

    private static boolean isWhole(Books books) {
        return books.offered() >= OFFERED && books.shed(Cause.LEVEL, Cause.LIMIT, Cause.SAMPLED, Cause.QUEUE_FULL) == 0;
    }

    private static boolean shareLimit(Rank high, Rank low) {
        return (high == Rank.POSTS && low == Rank.COMMENTS) || (high == Rank.LIKES && low == Rank.VIEWS);
    }

    private static String name(Rank rank) {
        return rank.name().toLowerCase(Locale.ROOT);
    }
}
