package spillway.metrics.engage;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import spillway.events.v1.Engagement.Operation;
import spillway.metrics.engage.Acceptance.Accepted;
import spillway.platform.counters.CounterFamily;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;

/** Shares of a post; a user may share it many times. */
@RestController
class ShareController {

    private final Acceptance acceptance;
    private final ShareIds ids;

    ShareController(Acceptance acceptance, ShareIds ids) {
        this.acceptance = acceptance;
        this.ids = ids;
    }

    /** @param key makes repeated sends of one share count once */
    @PostMapping("/v1/posts/{id}/shares")
    ResponseEntity<Accepted> share(
            @PathVariable PostId id,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = "[\\x21-\\x7e]{1,255}", message = "must be 1 to 255 visible ASCII characters") @Nullable String key,
            Caller caller) {
        return acceptance.accept(CounterFamily.SHARES, id, caller, ids.next(caller.user(), key), Operation.ADD);
    }
}
