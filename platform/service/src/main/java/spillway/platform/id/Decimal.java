package spillway.platform.id;

/** The one accepted spelling of an id on the wire: decimal digits, no sign, no leading zero, at most 63 bits. */
final class Decimal {

    private static final int MAX_DIGITS = 19;

    private Decimal() {}

    static long parse(String what, String text) {
        boolean canonical = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.charAt(0) != '0'
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!canonical) {
            throw notAnId(what);
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw notAnId(what);
        }
    }

    /** The text itself is left out: it is the caller's, of any size, and ends in logs and answers. */
    private static IllegalArgumentException notAnId(String what) {
        return new IllegalArgumentException(what + " must be a positive 63-bit number in decimal digits");
    }
}
