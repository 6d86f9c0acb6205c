package spillway.load.shed;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the ledgers of gateways before a run and after it. Not thread-safe. */
public final class LedgerWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<URI> ledgers;
    private Optional<GatewayLedger> before = Optional.empty();

    /** @param ledgers one of each gateway that the run's requests go to; none when nobody looks */
    public LedgerWatch(List<URI> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /** To be called before the first request. */
    public void begin() {
        before = read();
    }

    /** What came since {@link #begin}, when all answers have arrived. */
    public Shedding end(Told told) {
        if (ledgers.isEmpty()) {
            return new NoLedger("no ledger was named");
        }
        Optional<GatewayLedger> after = read();
        if (before.isEmpty() || after.isEmpty()) {
            return new NoLedger("ledger not reachable at "
                    + ledgers.stream().map(URI::toString).collect(Collectors.joining(", ")));
        }
        return after.get()
                .since(before.get())
                .<Shedding>map(during -> ShedBooks.of(during, told))
                .orElseGet(() -> new NoLedger("the gateway began anew during the run"));
    }

    private Optional<GatewayLedger> read() {
        if (ledgers.isEmpty()) {
            return Optional.empty();
        }
        try {
            return GatewayLedger.read(ledgers, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
