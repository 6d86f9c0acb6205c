package spillway.gateway.edge;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** {@code /actuator/fastpath}: shows and switches whether ordinary requests go past WebFlux, for operators. */
@WebEndpoint(id = "fastpath")
final class FastPathEndpoint {

    private final FastPath fast;

    FastPathEndpoint(FastPath fast) {
        this.fast = fast;
    }

    @ReadOperation
    State state() {
        return new State(fast.isEnabled());
    }

    @WriteOperation
    State set(boolean enabled) {
        fast.set(enabled);
        return state();
    }

    /** @param enabled whether the next ordinary request takes it */
    record State(boolean enabled) {}
}
