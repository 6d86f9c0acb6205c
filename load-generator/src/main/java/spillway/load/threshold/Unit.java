package spillway.load.threshold;

/** What a threshold's number counts. */
enum Unit {
    MILLIS("%,.1f ms"),
    COUNT("%,.0f"),
    PERCENT("%.2f %%"),
    PER_SECOND("%,.1f/s");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    String show(double value) {
        return Double.isNaN(value) ? "not measured" : format.formatted(value);
    }
}
