package spillway.load.shed;

/**
 * @param count requests
 * @param weight what they stood for
 */
public record Amount(long count, long weight) {

    static final Amount NONE = new Amount(0, 0);

    Amount plus(Amount other) {
        return new Amount(count + other.count, weight + other.weight);
    }

    Amount minus(Amount other) {
        return new Amount(count - other.count, weight - other.weight);
    }
}
