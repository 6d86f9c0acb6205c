package spillway.metrics.path;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.security.Caller;
import spillway.platform.security.Forbidden;

/** Shows and switches this instance's path of likes, for operators; the gateway does not lead here. */
@RestController
@RequestMapping("/admin/like-path")
class LikePathController {

    private static final Logger LOG = LoggerFactory.getLogger(LikePathController.class);

    private final LikePaths paths;

    LikePathController(LikePaths paths) {
        this.paths = paths;
    }

    @GetMapping
    Chosen chosen(Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        return new Chosen(paths.current());
    }

    @PutMapping
    Chosen choose(@Valid @RequestBody Chosen wanted, Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        paths.use(wanted.path());
        LOG.info("Likes take the path {}, user {} says", wanted.path(), caller.user());
        return wanted;
    }

    /** @param path direct, split or batched */
    record Chosen(@NotNull LikePath path) {}
}
