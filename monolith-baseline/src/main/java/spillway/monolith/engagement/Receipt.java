package spillway.monolith.engagement;

import java.net.URI;
import org.springframework.http.ResponseEntity;

/**
 * Proof of an accepted write, in the platform's form. Here a write is applied before it is answered, so one receipt
 * says all there is to say about any of them.
 *
 * @param status always {@code applied}
 * @param drainEstimateMillis always 0: nothing waits to be applied
 */
record Receipt(String receipt, String status, long drainEstimateMillis) {

    static final String NAME = "committed";

    private static final Receipt COMMITTED = new Receipt(NAME, "applied", 0);

    /** The answer to a committed write. */
    static ResponseEntity<Receipt> answer() {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/writes/" + NAME))
                .body(COMMITTED);
    }
}
