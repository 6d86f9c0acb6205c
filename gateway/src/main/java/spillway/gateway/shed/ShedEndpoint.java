package spillway.gateway.shed;

import java.util.Arrays;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;

/** {@code /actuator/shed}: the shed ledger, for operators and load reports. */
@WebEndpoint(id = "shed")
final class ShedEndpoint {

    private final ShedLedger ledger;
    private final Books books;

    ShedEndpoint(ShedLedger ledger, Books books) {
        this.ledger = ledger;
        this.books = books;
    }

    @ReadOperation
    Report report() {
        List<Answered> answered = Arrays.stream(TrafficClass.values())
                .map(traffic -> new Answered(traffic.tag(), books.shed(traffic)))
                .filter(line -> line.count() > 0)
                .toList();
        return new Report(ledger.total(), answered, ledger.minutes());
    }

    /**
     * @param total since the start
     * @param answered since the start, by the books
     * @param minutes of the last hour, oldest first, without those in which nothing was shed
     */
    record Report(List<ShedLedger.Line> total, List<Answered> answered, List<ShedLedger.Minute> minutes) {}

    /**
     * How many callers of a class were told that their request was shed: those of the ledger, and those that a service
     * refused.
     *
     * @param traffic the tag of the class
     */
    record Answered(String traffic, long count) {}
}
