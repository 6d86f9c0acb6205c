package spillway.gateway.yardstick;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers a write that goes nowhere, so that what the gateway costs by itself can be measured: the request looks like a
 * like's, its token is checked and it is in the books. Off by default.
 */
@RestController
@ConditionalOnBooleanProperty("spillway.gateway.yardstick")
class EmptyAnswers {

    @PutMapping("/v1/posts/{id}/empty")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void accept() {}
}
