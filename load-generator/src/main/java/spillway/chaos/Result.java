package spillway.chaos;

import java.util.ArrayList;
import java.util.List;
import spillway.chaos.Injector.Struck;
import spillway.load.oracle.Book;
import spillway.load.oracle.Difference;

/**
 * What a run came to.
 *
 * @param drainSeconds from the last acknowledgement to right counts; negative when they never were
 */
record Result(
        Settings settings,
        List<Struck> strikes,
        Book book,
        long leftOut,
        long everUnknown,
        long stillOpen,
        Watch.Seen seen,
        Batchers batchers,
        Poison poison,
        double longestWithoutAck,
        double drainSeconds,
        long posts,
        long likes,
        long votes,
        List<Difference> differences) {

    /** @param longestWithoutFlush in seconds */
    record Batchers(long records, long flushes, long fenced, long failed, double longestWithoutFlush) {}

    /**
     * Records nobody can read.
     *
     * @param least that the log has for certain
     * @param most that it may have
     * @param found distinct dead letters
     */
    record Poison(long least, long most, long found) {

        boolean isAccountedFor() {
            return least <= found && found <= most;
        }
    }

    Result {
        strikes = List.copyOf(strikes);
        differences = List.copyOf(differences);
    }

    /** Everything that was not as promised, a line each; empty means passed. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        differences.forEach(difference -> faults.add(difference.describe()));
        if (drainSeconds < 0) {
            faults.add("the counts did not become right in time");
        }
        if (stillOpen > 0) {
            faults.add("%,d intents were never acknowledged".formatted(stillOpen));
        }
        if (!book.balances()) {
            faults.add("books: %,d offered, %,d accounted for".formatted(book.offered(), book.settled()));
        }
        if (book.rejected() > 0) {
            faults.add("%,d likes rejected though they were right".formatted(book.rejected()));
        }
        if (book.accepted() == 0) {
            faults.add("nothing was accepted");
        }
        if (!poison.isAccountedFor()) {
            faults.add(
                    "dead letters: %,d, poison: %,d to %,d".formatted(poison.found(), poison.least(), poison.most()));
        }
        if (seen.wrong() > 0) {
            faults.add("%,d counts were impossible, %,d silently wrong".formatted(seen.impossible(), seen.silent()));
            faults.addAll(seen.examples());
        }
        return faults;
    }

    boolean passed() {
        return faults().isEmpty();
    }

    long struck(Fault fault) {
        return strikes.stream()
                .filter(struck -> struck.done() && struck.strike().fault() == fault)
                .count();
    }

    long skipped() {
        return strikes.stream().filter(struck -> !struck.done()).count();
    }
}
