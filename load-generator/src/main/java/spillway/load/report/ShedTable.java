package spillway.load.report;

import java.util.ArrayList;
import java.util.List;
import spillway.load.shed.NoLedger;
import spillway.load.shed.ShedBooks;
import spillway.load.shed.Shedding;

/** What gateways shed as lines for people. */
final class ShedTable {

    private ShedTable() {}

    static List<String> lines(Shedding shedding) {
        return switch (shedding) {
            case NoLedger none -> List.of("shed       " + none.why());
            case ShedBooks books -> lines(books);
        };
    }

    private static List<String> lines(ShedBooks books) {
        if (books.balances().isEmpty()) {
            return List.of("shed       nothing, by the gateway's ledger and by what clients were told");
        }
        List<String> lines = new ArrayList<>();
        lines.add("%-21s %9s %9s".formatted("shed by the gateway", "count", "weight"));
        books.lines()
                .forEach(line -> lines.add("  %-8s %-10s %,9d %,9d"
                        .formatted(line.trafficClass().label(), line.reason(), line.count(), line.weight())));
        if (books.balances().stream().allMatch(balance -> balance.gateway() == balance.clients())) {
            lines.add("  clients were told the same");
        } else {
            books.balances().stream()
                    .filter(balance -> balance.gateway() != balance.clients())
                    .forEach(balance -> lines.add("  " + balance.describe()));
        }
        return lines;
    }
}
