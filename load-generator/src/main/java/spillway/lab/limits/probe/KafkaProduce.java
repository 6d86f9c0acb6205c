package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import spillway.lab.stack.Part;

/**
 * Appends records, counted when all replicas have them.
 *
 * @param linger how long a record waits for others to go with
 * @param inFlight how many records wait for their acknowledgement; the producer's buffer is a bound of its own
 */
record KafkaProduce(Bench bench, Quantity quantity, String how, Duration linger, int inFlight) implements Probe {

    /** As fast as the buffer takes them. */
    static KafkaProduce stream(Bench bench, Quantity quantity) {
        return new KafkaProduce(bench, quantity, "40 bytes, acks=all, 5 ms", Duration.ofMillis(5), Integer.MAX_VALUE);
    }

    /** As many callers do of whom each waits for its acknowledgement, with the linger of the metrics service. */
    static KafkaProduce awaited(Bench bench, Quantity quantity, int inFlight) {
        return new KafkaProduce(bench, quantity, inFlight + " in flight, linger 3 ms", Duration.ofMillis(3), inFlight);
    }

    @Override
    public Set<Part> servers() {
        return Set.of(Part.KAFKA);
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        try (KafkaTopic topic = KafkaTopic.create(bench);
                Crew crew = Crew.of(1, thread -> new Send(KafkaSender.open(topic, linger), new Semaphore(inFlight)))) {
            return meter.read(crew.tally(), servers());
        }
    }

    private record Send(KafkaSender sender, Semaphore places) implements Crew.Step {

        @Override
        public void once(Tally tally) throws InterruptedException {
            places.acquire();
            sender.send((metadata, failure) -> {
                places.release();
                if (failure == null) {
                    tally.add(1);
                } else {
                    tally.fail(failure);
                }
            });
        }

        @Override
        public void close() {
            sender.close();
        }
    }
}
