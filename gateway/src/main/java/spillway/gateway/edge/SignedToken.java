package spillway.gateway.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import spillway.platform.id.UserId;
import spillway.platform.security.Caller;
import spillway.platform.security.DevTokens;

/** A token that the gateway signs itself with its development key, and again when half of its life is over. */
final class SignedToken implements IngestToken {

    /** Nobody: tokens need a subject, and ids of users do not come that far. */
    private static final DevTokens.Request REQUEST =
            new DevTokens.Request(new UserId(Long.MAX_VALUE), Set.of(Caller.INGEST));

    private final DevTokens tokens;
    private final InstantSource clock;
    private volatile Signed signed;

    SignedToken(DevTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
        this.signed = sign();
    }

    @Override
    public Optional<String> current() {
        if (isOld()) {
            renew();
        }
        return Optional.of(signed.token());
    }

    private synchronized void renew() {
        if (isOld()) {
            signed = sign();
        }
    }

    private boolean isOld() {
        return !clock.instant().isBefore(signed.renewAt());
    }

    private Signed sign() {
        Instant now = clock.instant();
        DevTokens.Issued issued = tokens.issue(REQUEST);
        return new Signed(
                issued.token(),
                now.plus(Duration.between(now, issued.expiresAt()).dividedBy(2)));
    }

    private record Signed(String token, Instant renewAt) {

        /** Without the token: this ends in logs. */
        @Override
        public String toString() {
            return "Signed[renewAt=" + renewAt + "]";
        }
    }
}
