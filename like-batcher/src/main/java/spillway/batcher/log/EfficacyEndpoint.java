package spillway.batcher.log;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code GET /actuator/efficacy}: by family, whether batching brings anything under the traffic of this deployment. */
@WebEndpoint(id = "efficacy")
final class EfficacyEndpoint {

    private final List<Readers> families;

    EfficacyEndpoint(List<Readers> families) {
        this.families = List.copyOf(families);
    }

    @ReadOperation
    Map<String, Efficacy> all() {
        Map<String, Efficacy> all = new TreeMap<>();
        families.forEach(readers -> all.put(readers.family().id(), readers.efficacy()));
        return all;
    }
}
