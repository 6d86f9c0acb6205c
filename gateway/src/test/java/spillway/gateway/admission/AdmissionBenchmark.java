package spillway.gateway.admission;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import spillway.gateway.ledger.TrafficClass;

/**
 * What a decision costs, in processor time of the deciding thread, so that other work on the machine does not count:
 *
 * <pre>java -cp ... spillway.gateway.admission.AdmissionBenchmark</pre>
 */
final class AdmissionBenchmark {

    private static final int DECISIONS = 2_000_000;
    private static final int ROUNDS = 7;

    private final Admission admission =
            new Admission(TestRules.defaults(), Limits::adaptive, System::nanoTime, ThreadLocalRandom::current);

    private AdmissionBenchmark() {}

    public static void main(String[] args) {
        AdmissionBenchmark calm = new AdmissionBenchmark();
        AdmissionBenchmark pressed = new AdmissionBenchmark();
        pressed.admission
                .metrics()
                .hear(TestRules.INSTANCE, new Signals(1.0, 90_000.0, 20_000.0, 1_000.0, null, null, null));
        for (int tick = 0; tick < 50; tick++) {
            pressed.admission.tick(
                    TestRules.defaults().tick(), TestRules.defaults().goals());
        }
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf(
                    Locale.ROOT,
                    "ns of processor time: like let in and ended %.0f, post %.0f, like refused %.0f, view sampled %.0f%n",
                    calm.nanos(TrafficClass.LIKE, Lane.BATCHES),
                    calm.nanos(TrafficClass.POST, Lane.CONTENT),
                    pressed.nanos(TrafficClass.LIKE, Lane.BATCHES),
                    pressed.nanos(TrafficClass.VIEW, Lane.BATCHES));
        }
    }

    private double nanos(TrafficClass traffic, Lane lane) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < DECISIONS; i++) {
            if (admission.decide(traffic, lane, traffic == TrafficClass.VIEW) instanceof Verdict.Admitted in
                    && in.place() != null) {
                admission.ended(traffic, in.place(), 202, false);
            }
        }
        return (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / DECISIONS;
    }
}
