package spillway.platform.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import spillway.platform.deadline.Deadline;
import spillway.platform.id.PostId;
import spillway.platform.security.CachingJwtDecoder;
import spillway.platform.security.Caller;
import spillway.platform.security.TokenRules;

/** The smallest service on the platform's defaults: it answers who called and what it read. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class EchoApplication {

    static final TestTokens TOKENS = new TestTokens();

    record Note(@Size(min = 1, max = 10) String text, PostId post) {}

    @Bean
    JwtDecoder jwtDecoder(TokenRules rules) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(TOKENS.publicKey())
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(rules.validator());
        return new CachingJwtDecoder(decoder, rules.cachedTokens(), Clock.systemUTC());
    }

    @GetMapping("/v1/me")
    Map<String, Object> me(Caller caller) {
        return Map.of("user", caller.user(), "ingest", caller.scopes().contains(Caller.INGEST));
    }

    @PostMapping("/v1/notes")
    Note note(@Valid @RequestBody Note note) {
        return note;
    }

    @GetMapping("/v1/pages")
    int pages(@RequestParam @Min(1) int limit) {
        return limit;
    }

    /** Milliseconds until the caller's deadline; -1 without one. */
    @GetMapping("/v1/left")
    long left() {
        Deadline deadline = Deadline.current();
        return deadline.isSet() ? deadline.within(Deadline.LONGEST).toMillis() : -1;
    }

    /** Comes too late for whoever waits for a millisecond. */
    @PostMapping("/v1/late")
    void late() {
        Deadline deadline = Deadline.current();
        while (!deadline.isPast()) {
            Thread.onSpinWait();
        }
        deadline.check();
    }

    @GetMapping("/v1/failure")
    String failure() {
        throw new IllegalStateException("secret detail");
    }
}
