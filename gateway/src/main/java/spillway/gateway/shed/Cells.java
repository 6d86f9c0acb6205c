package spillway.gateway.shed;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.ShedLedger.Line;

/** One count and one weight per class and reason. Thread-safe. */
final class Cells {

    /** Of one class and reason. */
    static final class Cell {

        private final LongAdder count = new LongAdder();
        private final LongAdder weight = new LongAdder();

        long count() {
            return count.sum();
        }

        long weight() {
            return weight.sum();
        }
    }

    interface Visitor {
        void visit(TrafficClass traffic, Reason reason, Cell cell);
    }

    private final Map<TrafficClass, Map<Reason, Cell>> cells = new EnumMap<>(TrafficClass.class);

    Cells() {
        for (TrafficClass traffic : TrafficClass.values()) {
            Map<Reason, Cell> ofClass = new EnumMap<>(Reason.class);
            for (Reason reason : Reason.values()) {
                ofClass.put(reason, new Cell());
            }
            cells.put(traffic, ofClass);
        }
    }

    void add(TrafficClass traffic, Reason reason, int weight) {
        Cell cell = requireNonNull(requireNonNull(cells.get(traffic)).get(reason));
        cell.count.increment();
        cell.weight.add(weight);
    }

    void forEach(Visitor visitor) {
        cells.forEach((traffic, ofClass) -> ofClass.forEach((reason, cell) -> visitor.visit(traffic, reason, cell)));
    }

    /** Those above zero, in the order of the classes and reasons. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        forEach((traffic, reason, cell) -> {
            if (cell.count() > 0) {
                lines.add(new Line(traffic.tag(), reason.tag(), cell.count(), cell.weight()));
            }
        });
        return lines;
    }
}
