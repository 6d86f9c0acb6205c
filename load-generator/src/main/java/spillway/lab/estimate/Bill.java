package spillway.lab.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of write costs in one design, and what it must queue for.
 *
 * @param costs processor time, item by item
 * @param queue what writes on one post have to take turns at; null when nothing
 * @param client what a write costs who sends it, as a part of what one costs it whose answer comes alone
 */
public record Bill(List<Cost> costs, @Nullable Queue queue, double client) {

    /**
     * A place where only one write can be at a time.
     *
     * @param rate writes per second that get through
     */
    public record Queue(String what, double rate, String from) {}

    public Bill {
        costs = List.copyOf(costs);
    }

    public double micros() {
        return costs.stream().mapToDouble(Cost::micros).sum();
    }

    /**
     * Writes per second on a number of cores.
     *
     * @param clientMicros processor time per write that the clients use on the same cores; 0 when they are elsewhere
     * @param hottest part of the writes that are on one post
     */
    public double ceiling(int cores, double clientMicros, double hottest) {
        double processors = cores * Ceilings.USABLE * 1e6 / (micros() + clientMicros * client);
        if (queue == null || hottest == 0) {
            return processors;
        }
        return Math.min(processors, queue.rate() / hottest);
    }
}
