package spillway.lab.myths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import spillway.lab.limits.probe.Quantity;

/** How many writes a second one Postgres does, each way of writing for itself. */
record WritesPerSecond(String claim, Band claimed, Measured host) implements Myth {

    private static final Map<Quantity, String> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put(Quantity.POSTGRES_HOT_ROW_1, "one row, 1 connection");
        WAYS.put(Quantity.POSTGRES_HOT_ROW_32, "one row, 32 connections");
        WAYS.put(Quantity.POSTGRES_SPREAD_32, "10,000 rows, 32 connections");
        WAYS.put(Quantity.POSTGRES_INSERT_32, "single inserts, 32 connections");
        WAYS.put(Quantity.POSTGRES_BATCH_500, "inserts, 500 per commit");
    }

    static WritesPerSecond aThousand(Measured host) {
        return new WritesPerSecond(
                "Relational databases do about 1,000 writes per second.", new Band(500, 2_000), host);
    }

    static WritesPerSecond tensOfThousands(Measured host) {
        return new WritesPerSecond(
                "One Postgres does 10,000 to 50,000 writes per second.", new Band(10_000, 50_000), host);
    }

    @Override
    public Finding examine() throws Exception {
        Map<String, Double> rates = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Quantity, String> way : WAYS.entrySet()) {
            double rate = host.of(way.getKey()).rate();
            rates.put(way.getValue(), rate);
            lines.add(String.format(Locale.ROOT, "%-32s %,10.0f per s", way.getValue(), rate));
        }
        return new Finding(lines, claimed.judge(rates), claimed.because(rates));
    }
}
