package spillway.content.outbox;

import java.util.List;

/** Where events go. */
interface Delivery {

    /**
     * Sends the rows in their order and returns once all are stored for good.
     *
     * @throws DeliveryFailed when any of them is not, or not known to be; some of the others may be
     */
    void deliver(List<OutboxRow> rows);
}
