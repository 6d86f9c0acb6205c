package spillway.content.idempotency;

/**
 * The client's name for one intent, from the header {@code Idempotency-Key}.
 *
 * @param value 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String value) {

    private static final int MAX = 255;

    public IdempotencyKey {
        if (value.isEmpty() || value.length() > MAX || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("an Idempotency-Key has 1 to " + MAX + " printable ASCII characters");
        }
    }
}
