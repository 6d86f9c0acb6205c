package spillway.batcher.rebuild;

/** Why a rebuild was not made, or not finished, in words for the operator. */
final class NotRebuilt extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotRebuilt(String message) {
        super(message);
    }
}
