package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import spillway.lab.reshard.Status.Pause;

/**
 * What a run came to.
 *
 * @param course of the latencies, second by second
 * @param pauses of writers at handovers, for each way that slots went
 * @param censuses rows against the ledger, in order; the last is that of the end
 * @param mirrors replicas against owners after the cutover
 * @param readBack posts read through the gateway in the end
 * @param keysRepeated Idempotency-Keys sent again in the end
 * @param doubled posts made twice by one key, or given an id that was taken
 * @param halted whether a changed byte halted the reshard; null when none was changed
 * @param unfinished steps that did not come to their end
 */
record Result(
        ReshardSettings settings,
        Tally.Counts writes,
        Latencies.Quantiles before,
        Latencies.Quantiles during,
        Latencies.Quantiles after,
        List<Latencies.Moment> course,
        List<Way> pauses,
        Striker.Struck struck,
        Watch.Seen seen,
        List<Counted> censuses,
        Optional<Mirrors.Result> mirrors,
        long readBack,
        long keysRepeated,
        long doubled,
        @Nullable Boolean halted,
        List<String> unfinished) {

    /** A census and when it was taken. */
    record Counted(String when, Census.Result census) {}

    /** How long a reshard took, and how long writers of a slot had to wait at its handovers. */
    record Way(String name, double seconds, Pause pause) {}

    Result {
        course = List.copyOf(course);
        pauses = List.copyOf(pauses);
        censuses = List.copyOf(censuses);
        unfinished = List.copyOf(unfinished);
    }

    /** Everything that was not as promised, a line each; empty means passed. */
    List<String> findings() {
        List<String> findings = new ArrayList<>(unfinished);
        if (Boolean.FALSE.equals(halted)) {
            findings.add("a byte was changed in a copied row, and the reshard was not halted");
        }
        if (seen.wrong() > 0) {
            findings.add("%,d reads were wrong".formatted(seen.wrong()));
            findings.addAll(seen.examples());
        }
        for (Counted counted : censuses) {
            counted.census()
                    .faults()
                    .forEach((fault, rows) -> findings.add("%s: %,d %s".formatted(counted.when(), rows, name(fault))));
            findings.addAll(counted.census().examples());
        }
        mirrors.filter(compared -> compared.differences() > 0).ifPresent(compared -> {
            findings.add("%,d replicas of slots differ from their owners".formatted(compared.differences()));
            findings.addAll(compared.examples());
        });
        writes.failed().forEach((kind, count) -> findings.add("%,d writes failed: %s".formatted(count, kind)));
        if (writes.unsettled() > 0) {
            findings.add("%,d writes were never answered".formatted(writes.unsettled()));
        }
        if (writes.accepted() == 0) {
            findings.add("nothing was accepted");
        }
        if (doubled > 0) {
            findings.add("%,d posts were made twice".formatted(doubled));
        }
        return findings;
    }

    boolean passed() {
        return findings().isEmpty();
    }

    /** Rows of the last census with one of these faults. */
    long inTheEnd(Census.Fault fault) {
        return censuses.isEmpty() ? 0 : censuses.getLast().census().faults().getOrDefault(fault, 0L);
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
