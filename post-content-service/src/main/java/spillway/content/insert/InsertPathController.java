package spillway.content.insert;

import io.swagger.v3.oas.annotations.Hidden;
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

/** Shows and switches this instance's path of new posts and comments, for operators; the gateway does not lead here. */
@Hidden
@RestController
@RequestMapping("/admin/insert-path")
class InsertPathController {

    private static final Logger LOG = LoggerFactory.getLogger(InsertPathController.class);

    private final InsertSwitch path;

    InsertPathController(InsertSwitch path) {
        this.path = path;
    }

    @GetMapping
    Chosen chosen(Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        return new Chosen(path.current());
    }

    @PutMapping
    Chosen choose(@Valid @RequestBody Chosen wanted, Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        path.use(wanted.path());
        LOG.info("New posts and comments take the path {}, user {} says", wanted.path(), caller.user());
        return wanted;
    }

    /** @param path single or batched */
    record Chosen(@NotNull InsertPath path) {}
}
