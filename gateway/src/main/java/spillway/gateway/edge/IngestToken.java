package spillway.gateway.edge;

import java.util.Optional;

/** The bearer token that lets the gateway speak for its callers, with scope {@code ingest}. Thread-safe. */
interface IngestToken {

    /** The token to be sent now; empty when there is none. Does not block for long: it is asked on event loops. */
    Optional<String> current();
}
