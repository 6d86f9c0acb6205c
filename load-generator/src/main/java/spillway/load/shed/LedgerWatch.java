package spillway.load.shed;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the ledgers of gateways before a run and after it. Not thread-safe. */
public final class LedgerWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A run's books are worth more than one question: a gateway that was just overrun may answer the second. */
    private static final int TRIES = 3;

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
            Optional<GatewayLedger> ledger = GatewayLedger.read(ledgers, PATIENCE);
            for (int tries = 1; ledger.isEmpty() && tries < TRIES; tries++) {
                Thread.sleep(PAUSE);
                ledger = GatewayLedger.read(ledgers, PATIENCE);
            }
            return ledger;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
