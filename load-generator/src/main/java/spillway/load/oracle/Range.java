package spillway.load.oracle;

/** What a count may be: one value when every outcome is known, more when some are not. Both ends belong to it. */
public record Range(long low, long high) {

    public Range {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("no range: " + low + " to " + high);
        }
    }

    public boolean contains(long value) {
        return low <= value && value <= high;
    }

    boolean isExact() {
        return low == high;
    }

    @Override
    public String toString() {
        return isExact() ? Long.toString(low) : low + ".." + high;
    }
}
