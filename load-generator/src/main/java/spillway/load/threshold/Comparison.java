package spillway.load.threshold;

/** How a measured value must stand to a limit. What was not measured stands in no relation. */
enum Comparison {
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">="),
    EXACTLY("=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    static Comparison of(String sign) {
        for (Comparison comparison : values()) {
            if (comparison.sign.equals(sign)) {
                return comparison;
            }
        }
        throw new IllegalArgumentException("no comparison: " + sign);
    }

    boolean holds(double actual, double limit) {
        return switch (this) {
            case BELOW -> actual < limit;
            case AT_MOST -> actual <= limit;
            case ABOVE -> actual > limit;
            case AT_LEAST -> actual >= limit;
            case EXACTLY -> actual == limit;
        };
    }
}
