package spillway.load.shed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import spillway.load.plan.TrafficClass;

/**
 * What gateways shed during a run, checked against what its clients were told.
 *
 * @param lines in the order of the classes and reasons, without those of nothing
 * @param balances of the classes of which somebody says that something was shed
 */
public record ShedBooks(List<Line> lines, List<Balance> balances) implements Shedding {

    /** The reason of what the gateway's ledger does not hold: a service refused it, or could not be reached. */
    public static final String BY_A_SERVICE = "service";

    public record Line(TrafficClass trafficClass, String reason, long count, long weight) {}

    /**
     * Both sides of a class.
     *
     * @param gateway answers by which gateways say that they told of it
     * @param clients answers by which clients of the run were told
     * @param unheard requests of these clients whose answer, whatever it was, did not arrive
     */
    public record Balance(TrafficClass trafficClass, long gateway, long clients, long unheard) {

        /** Each answer that a client had was given by the gateway, and each that was given arrived or was lost. */
        public boolean agrees() {
            return gateway >= clients && gateway - clients <= unheard;
        }

        /** Both figures, and if they do not agree, what may be the reason. */
        public String describe() {
            String both =
                    "%s: the gateway told %,d, clients heard %,d".formatted(trafficClass.label(), gateway, clients);
            if (agrees()) {
                return gateway == clients ? both : both + ", %,d nothing".formatted(unheard);
            }
            return both + (gateway > clients ? "; others sent, too?" : "; another gateway?");
        }
    }

    public ShedBooks {
        lines = List.copyOf(lines);
        balances = List.copyOf(balances);
    }

    static ShedBooks of(GatewayLedger during, Told told) {
        List<Line> lines = new ArrayList<>();
        List<Balance> balances = new ArrayList<>();
        for (TrafficClass trafficClass : TrafficClass.values()) {
            List<Line> ofClass = new ArrayList<>();
            during.shed().forEach((cause, amount) -> {
                if (cause.trafficClass() == trafficClass && amount.count() > 0) {
                    ofClass.add(new Line(trafficClass, cause.reason(), amount.count(), amount.weight()));
                }
            });
            ofClass.sort(Comparator.comparing(Line::reason));
            long answered = during.answered().getOrDefault(trafficClass, 0L);
            long behind = answered - ofClass.stream().mapToLong(Line::count).sum();
            if (behind > 0) {
                ofClass.add(new Line(trafficClass, BY_A_SERVICE, behind, behind));
            }
            lines.addAll(ofClass);
            long clients = told.shedOf(trafficClass);
            if (answered + clients > 0) {
                balances.add(new Balance(trafficClass, answered, clients, told.unheardOf(trafficClass)));
            }
        }
        return new ShedBooks(lines, balances);
    }

    public boolean agrees() {
        return balances.stream().allMatch(Balance::agrees);
    }
}
