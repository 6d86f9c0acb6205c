package spillway.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import spillway.load.plan.Mix;
import spillway.load.plan.Popularity;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;

/** The options of every scenario that has a crowd: how many, how fast, what they do, where they turn. */
final class CrowdFlags {

    static final double MAX_RATE = 200_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "80",
            description = "base rate in requests per second; default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "40s",
            converter = Seconds.class,
            description = "length without publishing and warm-up; default: ${DEFAULT-VALUE}")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Seconds.class,
            description = "traffic at the base rate before, not measured; default: ${DEFAULT-VALUE}")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "3000",
            description = "people who take part; default: ${DEFAULT-VALUE}")
    private int users;

    @Option(
            names = "--posts",
            paramLabel = "N",
            defaultValue = "300",
            description = "posts published before; default: ${DEFAULT-VALUE}")
    private int posts;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            description = "what people do, in parts: likes=55,views=25; also unlikes, comments, posts, reads")
    private @Nullable String mix;

    @Option(
            names = "--popularity",
            paramLabel = "WHICH",
            description = "hot: one post; zipf: as in a feed; spread: all alike; viral, celebrity: one post, or one"
                    + " author's, in a surge")
    private @Nullable String popularity;

    /** Makes a shape of the base rate and the length. */
    interface Form {
        Shape of(double rate, Duration length);
    }

    double rate() {
        return rate;
    }

    /** @param peak the highest rate, as a multiple of the base rate */
    Scenario scenario(String title, long seed, Form form, double peak, Mix usualMix, Popularity usual) throws Refusal {
        Refusal.unless(rate >= 0.1 && rate <= MAX_RATE, "--rate must be from 0.1 to " + (int) MAX_RATE);
        Refusal.unless(rate * peak <= MAX_RATE, "--peak: that is more than " + (int) MAX_RATE + " per second");
        Refusal.unless(duration.compareTo(Duration.ofSeconds(1)) >= 0, "--duration must be 1s or longer");
        Refusal.unless(users > 0, "--users must be more than 0");
        Refusal.unless(posts > 0, "--posts must be more than 0");
        Shape shape = form.of(rate, duration).warmedUp(warmUp, rate);
        return new Scenario(title, seed, users, posts, shape, mix(usualMix), popularity(usual));
    }

    private Mix mix(Mix usual) throws Refusal {
        try {
            return mix == null ? usual : Mix.parse(mix);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage("--mix: " + e.getMessage());
        }
    }

    private Popularity popularity(Popularity usual) throws Refusal {
        if (popularity == null) {
            return usual;
        }
        for (Popularity one : Popularity.values()) {
            if (one.label().equals(popularity)) {
                return one;
            }
        }
        throw Refusal.usage(
                "--popularity: there is hot, zipf, spread, viral and celebrity, but no \"" + popularity + "\"");
    }
}
