package spillway.gateway.shed;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code /actuator/shed}: the shed ledger, for operators and load reports. */
@WebEndpoint(id = "shed")
final class ShedEndpoint {

    private final ShedLedger ledger;

    ShedEndpoint(ShedLedger ledger) {
        this.ledger = ledger;
    }

    @ReadOperation
    Report report() {
        return new Report(ledger.total(), ledger.minutes());
    }

    /**
     * @param total since the start
     * @param minutes of the last hour, oldest first, without those in which nothing was shed
     */
    record Report(List<ShedLedger.Line> total, List<ShedLedger.Minute> minutes) {}
}
