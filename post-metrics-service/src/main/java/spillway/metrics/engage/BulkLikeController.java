package spillway.metrics.engage;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.security.Caller;
import spillway.platform.security.Forbidden;

/** Many users' likes in one request, from an edge that is trusted to speak for them. */
@RestController
class BulkLikeController {

    private final BulkLikes likes;

    BulkLikeController(BulkLikes likes) {
        this.likes = likes;
    }

    @PostMapping("/v1/likes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    BulkLikes.Result like(@Valid @RequestBody BulkLikes.Request request, Caller caller) {
        Forbidden.unless(caller, Caller.INGEST);
        return likes.accept(request, caller);
    }
}
