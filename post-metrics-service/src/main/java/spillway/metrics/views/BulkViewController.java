package spillway.metrics.views;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.security.Caller;
import spillway.platform.security.Forbidden;

/** Many users' views in one request, from an edge that is trusted to speak for them. */
@RestController
class BulkViewController {

    private final BulkViews views;

    BulkViewController(BulkViews views) {
        this.views = views;
    }

    @PostMapping("/v1/views")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Many users' views in one request, for a trusted edge",
            description = "Needs a token of scope ingest. Each of up to 5,000 views is judged on its own: rejected says"
                    + " what it would have been answered alone, all others were taken. A view that an edge kept of several"
                    + " stands for as many as its weight says. Views are best effort: they are"
                    + " counted in memory first, so there is no receipt to follow and no estimate of when, and a service"
                    + " that is killed forgets what it took in the last moment.")
    BulkViews.Result view(@Valid @RequestBody BulkViews.Request request, Caller caller) {
        Forbidden.unless(caller, Caller.INGEST);
        return views.accept(request, caller);
    }
}
