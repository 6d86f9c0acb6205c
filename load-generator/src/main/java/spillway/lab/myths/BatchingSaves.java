package spillway.lab.myths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;

/** What inserting a hundred rows per commit saves of time and of the server's CPU. */
record BatchingSaves(Measured host) implements Myth {

    /** A hundred, give or take a third. */
    private static final Band A_HUNDRED = new Band(67, 150);

    @Override
    public String claim() {
        return "Batching 100x saves 100x.";
    }

    @Override
    public Finding examine() throws Exception {
        return judge(
                host.of(Quantity.POSTGRES_INSERT_1),
                host.of(Quantity.POSTGRES_INSERT_32),
                host.of(Quantity.POSTGRES_BATCH_100));
    }

    static Finding judge(Reading alone, Reading crowd, Reading batch) {
        Map<String, Double> savings = new LinkedHashMap<>();
        savings.put("time, against one writer", batch.rate() / alone.rate());
        savings.put("time, against 32 writers", batch.rate() / crowd.rate());
        savings.put("CPU, against one writer", alone.serverCpuMicros() / batch.serverCpuMicros());
        savings.put("CPU, against 32 writers", crowd.serverCpuMicros() / batch.serverCpuMicros());
        List<String> lines = new ArrayList<>();
        savings.forEach(
                (saved, times) -> lines.add(String.format(Locale.ROOT, "%-32s %,8.1f times less", saved, times)));
        return new Finding(lines, A_HUNDRED.judge(savings), A_HUNDRED.because(savings));
    }
}
