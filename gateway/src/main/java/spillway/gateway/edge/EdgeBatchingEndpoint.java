package spillway.gateway.edge;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;

/** {@code /actuator/edgebatching}: shows and switches edge batching of likes and views, for operators. */
@WebEndpoint(id = "edgebatching")
final class EdgeBatchingEndpoint {

    private final EdgeSwitch edge;

    EdgeBatchingEndpoint(EdgeSwitch edge) {
        this.edge = edge;
    }

    @ReadOperation
    State state() {
        return new State(edge.isEnabled(), edge.isOn());
    }

    /** Answers 409 when what was switched on stays off for want of a token. */
    @WriteOperation
    WebEndpointResponse<State> set(boolean enabled) {
        edge.set(enabled);
        State state = state();
        return new WebEndpointResponse<>(
                state, (state.active() == enabled ? HttpStatus.OK : HttpStatus.CONFLICT).value());
    }

    /**
     * @param enabled what is wanted
     * @param active whether the next like or view is batched
     */
    record State(boolean enabled, boolean active) {}
}
