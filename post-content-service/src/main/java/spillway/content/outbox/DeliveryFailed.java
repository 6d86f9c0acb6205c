package spillway.content.outbox;

/** Not every event is known to be stored. */
final class DeliveryFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliveryFailed(Throwable cause) {
        super(cause);
    }
}
