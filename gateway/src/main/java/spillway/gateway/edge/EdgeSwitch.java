package spillway.gateway.edge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether likes and views are batched, switchable while they come. Without a token they are not. Thread-safe. */
final class EdgeSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeSwitch.class);

    private final IngestToken token;
    private volatile boolean enabled;

    EdgeSwitch(boolean enabled, IngestToken token) {
        this.enabled = enabled;
        this.token = token;
        report();
    }

    void set(boolean wanted) {
        enabled = wanted;
        report();
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Whether the next one is batched. */
    boolean isOn() {
        return enabled && token.current().isPresent();
    }

    private void report() {
        if (isOn()) {
            LOG.info("Likes and views are passed on in batches");
        } else if (enabled) {
            LOG.warn(
                    "Likes and views are passed on one by one: there is no token with scope ingest to send batches with");
        } else {
            LOG.info("Likes and views are passed on one by one");
        }
    }
}
