package spillway.gateway.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code /actuator/admission}: shows and switches admission, for operators. */
@WebEndpoint(id = "admission")
final class AdmissionEndpoint {

    private final Admission admission;
    private final AdmissionRules rules;

    AdmissionEndpoint(Admission admission, AdmissionRules rules) {
        this.admission = admission;
        this.rules = rules;
    }

    @ReadOperation
    State state() {
        Map<String, LaneState> lanes = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            Limiter limiter = admission.of(lane);
            lanes.put(lane.tag(), new LaneState(limiter.limit(), limiter.underWay(), limiter.reserved()));
        }
        return new State(
                admission.isOn(),
                admission.level(),
                lanes,
                admission.metrics().now(),
                admission.content().now(),
                rules);
    }

    /** Off, only the fixed bounds decide: bulkheads and queues. */
    @WriteOperation
    State set(boolean enabled) {
        admission.set(enabled);
        return state();
    }

    /**
     * @param level of the ladder, 0 to 3; without effect while admission is off
     * @param metrics what post-metrics-service last said of its pressure, nulls when that is too long ago
     * @param content what post-content-service said
     * @param rules every threshold
     */
    record State(
            boolean enabled,
            double level,
            Map<String, LaneState> lanes,
            Signals metrics,
            Signals content,
            AdmissionRules rules) {}

    /**
     * @param limit of requests under way, now
     * @param underWay those that are
     * @param reserved share of what comments and reads may fill that is kept free for posts, 0 to 1
     */
    record LaneState(int limit, int underWay, double reserved) {}
}
