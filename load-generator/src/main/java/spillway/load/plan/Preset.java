package spillway.load.plan;

import java.time.Duration;
import java.util.Locale;

/** The scenarios that have a name. Each is a shape with the mix and the popularity that belong to it. */
public enum Preset {
    RAMP("the rate rises in a straight line", 4),
    STEP("the rate rises in equal steps", 4),
    SPIKE("steady traffic, a short high spike, steady again", 8),
    SINE("the rate rises and falls three times", 3),
    BLACK_FRIDAY("steady traffic, a burst of four times as much, steady again", 4),
    BLACK_FRIDAY_12X("steady traffic, a burst of twelve times as much, steady again", 12),
    METASTABLE("steady traffic, a short trigger of ten times as much, steady again: does it recover?", 10),
    NEW_YEAR("a countdown to three times the rate, midnight, a long ebb", 3),
    VIRAL_POST("one post takes off, and people come for it", 5),
    CELEBRITY("two walls of traffic, most of it on one author's posts", 6);

    private final String description;
    private final double peak;

    Preset(String description, double peak) {
        this.description = description;
        this.peak = peak;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    /** The usual peak, as a multiple of the base rate. */
    public double peak() {
        return peak;
    }

    /**
     * @param rate the base rate per second
     * @param times the peak as a multiple of it
     */
    public Shape shape(double rate, double times, Duration length) {
        return switch (this) {
            case RAMP -> Shape.ramp(rate, times, length);
            case STEP -> Shape.step(rate, times, length);
            case SPIKE -> Shape.spike(rate, times, length);
            case SINE -> Shape.sine(rate, times, length);
            case BLACK_FRIDAY, BLACK_FRIDAY_12X -> Shape.burst(rate, times, length);
            case METASTABLE -> Shape.trigger(rate, times, length);
            case NEW_YEAR -> Shape.midnight(rate, times, length);
            case VIRAL_POST -> Shape.takeOff(rate, times, length);
            case CELEBRITY -> Shape.walls(rate, times, length);
        };
    }

    public Mix mix() {
        return switch (this) {
            case NEW_YEAR -> Mix.GREETINGS;
            case CELEBRITY -> Mix.ADMIRATION;
            case RAMP, STEP, SPIKE, SINE, BLACK_FRIDAY, BLACK_FRIDAY_12X, METASTABLE, VIRAL_POST -> Mix.BROWSING;
        };
    }

    public Popularity popularity() {
        return switch (this) {
            case BLACK_FRIDAY, BLACK_FRIDAY_12X, VIRAL_POST -> Popularity.VIRAL;
            case CELEBRITY -> Popularity.CELEBRITY;
            case RAMP, STEP, SPIKE, SINE, METASTABLE, NEW_YEAR -> Popularity.ZIPF;
        };
    }
}
