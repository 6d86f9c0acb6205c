package spillway.lab.estimate;

import spillway.lab.limits.Limits;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;

/** A calibration, as the estimate reads it. */
public record Measured(Limits limits) {

    /** The load generator keeps books and measures, the probe does not. */
    private static final double CLIENT = 2.4;

    /** @throws IllegalArgumentException when the calibration lacks the quantity */
    private Reading reading(Quantity quantity) {
        return limits.of(quantity)
                .orElseThrow(() -> new IllegalArgumentException("the calibration lacks \"" + quantity.label() + "\" of "
                        + quantity.group() + ": run ./spillway limits again"));
    }

    double rate(Quantity quantity) {
        return reading(quantity).rate();
    }

    int cores() {
        return limits.host().cores();
    }

    /** Processor time per operation of all servers and of the one that asks them. */
    Cost all(String what, Quantity quantity, double times) {
        Reading reading = reading(quantity);
        return cost(what, (reading.serverCpuMicros() + reading.clientCpuMicros()) * times, quantity, times);
    }

    /** Of the servers only. */
    Cost servers(String what, Quantity quantity, double times) {
        return cost(what, reading(quantity).serverCpuMicros() * times, quantity, times);
    }

    /** What the gateway adds to a request, some times. */
    Cost gateway(double times) {
        double hop = Math.max(
                0,
                reading(Quantity.HTTP_GATEWAY).serverCpuMicros()
                        - reading(Quantity.HTTP_DIRECT).serverCpuMicros());
        return new Cost("gateway", hop * times, "http: by the gateway - direct x %s".formatted(number(times)));
    }

    /** Writes per second when the clients run on the same processors, as they do in the lab. */
    public double ceiling(Bill bill, double hottest) {
        return bill.ceiling(cores(), client(), hottest);
    }

    /** Of one write, on the side of who sends it and checks what became of it. */
    private double client() {
        return reading(Quantity.HTTP_GATEWAY).clientCpuMicros() * CLIENT;
    }

    private static Cost cost(String what, double micros, Quantity quantity, double times) {
        String from = quantity.group() + ": " + quantity.label();
        return new Cost(what, micros, times == 1 ? from : "%s x %s".formatted(from, number(times)));
    }

    private static String number(double times) {
        return times == Math.rint(times) ? Long.toString((long) times) : "%.2f".formatted(times);
    }
}
