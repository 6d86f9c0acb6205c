package spillway.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastsTest {

    /** 100 likes per second come, 200 are counted, 1,000 wait: the last one of now is through in 5 s. */
    private static List<Pressed> draining(double drainSaid) {
        List<Pressed> series = new ArrayList<>();
        for (double at = 0; at <= 10; at += 0.25) {
            double backlog = 1_000 - 100 * at;
            // First come, first counted: those that wait are the last that came, at 100 per second.
            series.add(new Pressed(at, backlog, drainSaid, backlog / 200));
        }
        return series;
    }

    @Test
    void aRightForecast_isWithinItsLimit() {
        Forecasts forecasts = Forecasts.of(steady(200), 0);

        assertThat(forecasts.first().orElseThrow()).isBetween(-0.1, 0.1);
        assertThat(Surge.forecast(forecasts).kept()).isTrue();
    }

    @Test
    void aForecastOfHalfTheTime_fails() {
        Check check = Surge.forecast(Forecasts.of(steady(400), 0));

        assertThat(check.kept()).isFalse();
        assertThat(check.seen()).startsWith("-5");
    }

    @Test
    void theForecastIsOfWhatWaitedThen_notOfWhatCameSince() {
        // Traffic goes on, and a backlog of 10 never goes away; what waited at first is through after 2 s.
        List<Pressed> series = new ArrayList<>();
        for (double at = 0; at <= 20; at += 0.25) {
            series.add(new Pressed(at, at < 2 ? 1_000 - 495 * at : 10, 500.0, at < 2 ? at + 0.5 : 0.1));
        }

        Forecasts forecasts = Forecasts.of(series, 0);

        assertThat(forecasts.most()).isBetween(1.9, 2.3);
        assertThat(forecasts.first().orElseThrow()).isBetween(-0.15, 0.1);
    }

    @Test
    void noBacklogToSpeakOf_isNothingToForecast() {
        Check check = Surge.forecast(
                Forecasts.of(List.of(new Pressed(0, 20.0, null, 0.2), new Pressed(0.25, 0.0, null, 0.0)), 0));

        assertThat(check.kept()).isTrue();
        assertThat(check.seen()).contains("nothing to forecast");
    }

    @Test
    void aLongDrainWithoutAForecast_fails() {
        List<Pressed> silent = draining(200).stream()
                .map(seen -> new Pressed(seen.at(), seen.backlog(), null, seen.oldest()))
                .toList();

        assertThat(Surge.forecast(Forecasts.of(silent, 0)).kept()).isFalse();
    }

    @Test
    void onlyForecastsFromTheEndOfTheBurst_count() {
        assertThat(Forecasts.of(draining(200), 11).made()).isZero();
    }

    @Test
    void whatWaitsAfterTheDrain_isNotOfTheBurst() {
        List<Pressed> series =
                new ArrayList<>(List.of(new Pressed(0, 50.0, null, 0.3), new Pressed(0.25, 0.0, null, 0.0)));
        // A look that is not answered for long, in calm traffic.
        series.add(new Pressed(20, 5.0, null, 0.1));
        series.add(new Pressed(23, 0.0, null, 0.0));

        assertThat(Forecasts.of(series, 0).most()).isEqualTo(0.25);
    }

    private static List<Pressed> steady(double drainSaid) {
        List<Pressed> series = new ArrayList<>();
        for (double at = 0; at <= 10; at += 0.25) {
            double backlog = Math.max(0, 1_000 - 200 * at);
            series.add(new Pressed(at, backlog, drainSaid, backlog > 0 ? 1 + at : 0));
        }
        return series;
    }
}
