package spillway.load.threshold;

/**
 * How a threshold came out.
 *
 * @param actual the measured value with its unit
 */
public record Check(String threshold, String actual, boolean met) {

    public String describe() {
        return "%s  %s is %s".formatted(met ? "met   " : "MISSED", threshold, actual);
    }
}
