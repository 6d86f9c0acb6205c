package spillway.lab.myths;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What batch windows save at which rate of likes, by simulation. */
record LongWindow(RandomGenerator random) implements Myth {

    private static final int SIMULATED = 2_000;
    private static final double PER_HOUR = 1 / 3600.0;
    private static final double HALF_THE_WRITES = 2;
    private static final double A_TENTH_OF_THEM = 1 / 0.9;

    private static final List<Duration> WINDOWS =
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));

    @Override
    public String claim() {
        return "A 1-minute window helps a post with one like an hour.";
    }

    @Override
    public Finding examine() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-22s %9s %9s %9s %9s", "likes per counter write", "250 ms", "1 s", "10 s", "60 s"));
        lines.add(row("1 like per hour", PER_HOUR));
        lines.add(row("1 like per second", 1));
        lines.add(row("100 likes per second", 100));
        double ratio = collapseRatio(PER_HOUR, Duration.ofMinutes(1), SIMULATED, random);
        return judge(lines, ratio);
    }

    static Finding judge(List<String> lines, double ratio) {
        double saved = 100 * (1 - 1 / ratio);
        String because = String.format(Locale.ROOT, "it saves %.1f %% of that post's writes", saved);
        if (ratio >= HALF_THE_WRITES) {
            return new Finding(lines, Verdict.TRUE, because);
        }
        return new Finding(lines, ratio < A_TENTH_OF_THEM ? Verdict.FALSE : Verdict.DEPENDS, because);
    }

    private String row(String label, double perSecond) {
        StringBuilder row = new StringBuilder(String.format("%-23s", label));
        for (Duration window : WINDOWS) {
            row.append(String.format(Locale.ROOT, " %,9.2f", collapseRatio(perSecond, window, SIMULATED, random)));
        }
        return row.toString();
    }

    /**
     * Likes per counter write when likes come independently of each other. A window opens with the first like and takes all
     * that come until it closes; the ratio comes near 1 + rate x window.
     *
     * @param windows how many to simulate
     */
    static double collapseRatio(double perSecond, Duration window, int windows, RandomGenerator random) {
        double length = window.toNanos() / 1e9;
        double now = 0;
        double closes = 0;
        long likes = 0;
        for (int writes = 0; writes <= windows; likes++) {
            now += random.nextExponential() / perSecond;
            if (now > closes) {
                writes++;
                closes = now + length;
            }
        }
        return (likes - 1.0) / windows;
    }
}
