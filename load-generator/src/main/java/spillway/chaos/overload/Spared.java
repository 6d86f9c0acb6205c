package spillway.chaos.overload;

import java.util.function.Predicate;
import spillway.load.plan.Operation;
import spillway.load.plan.TrafficClass;

/**
 * Requests that do not need what is disturbed, and so must go on as before.
 *
 * @param name of them, in the plural
 */
record Spared(String name, Predicate<Operation> which) {

    static Spared all(TrafficClass traffic) {
        return new Spared(traffic.label(), operation -> operation.trafficClass() == traffic);
    }
}
