package spillway.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.platform.security.DevTokens;
import spillway.platform.security.TokenRules;

class IngestTokenTest {

    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aSignedToken_mayIngest_andIsTheSameForHalfOfItsLife() throws ParseException {
        SignedToken token = signedToken();
        String first = token.current().orElseThrow();
        now = now.plus(LIFE.dividedBy(2)).minus(SECOND);

        assertThat(token.current()).hasValue(first);
        assertThat(claims(first).getStringClaim("scope")).isEqualTo("ingest");
    }

    @Test
    void aSignedToken_isRenewedWellBeforeItExpires() throws ParseException {
        SignedToken token = signedToken();
        now = now.plus(LIFE.dividedBy(2));

        String second = token.current().orElseThrow();
        assertThat(claims(second).getExpirationTime().toInstant()).isEqualTo(now.plus(LIFE));
    }

    @Test
    void aTokenInAFile_isReadAgainWithinASecond() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        TokenFile token = new TokenFile(file, () -> now);
        assertThat(token.current()).hasValue("first");

        Files.writeString(file, "second");
        assertThat(token.current()).hasValue("first");
        now = now.plus(TokenFile.FRESH);
        assertThat(token.current()).hasValue("second");
    }

    @Test
    void aFileThatIsEmptyOrGone_leavesTheLastTokenInUse() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first");
        TokenFile token = new TokenFile(file, () -> now);
        assertThat(token.current()).hasValue("first");

        Files.writeString(file, "");
        now = now.plus(TokenFile.FRESH);
        assertThat(token.current()).hasValue("first");
        Files.delete(file);
        now = now.plus(TokenFile.FRESH);
        assertThat(token.current()).hasValue("first");
    }

    @Test
    void aFileThatIsNotThere_isNoToken_untilItIs() throws IOException {
        Path file = folder.resolve("token");
        TokenFile token = new TokenFile(file, () -> now);
        assertThat(token.current()).isEmpty();

        Files.writeString(file, "late");
        now = now.plus(TokenFile.FRESH);
        assertThat(token.current()).hasValue("late");
    }

    private SignedToken signedToken() {
        TokenRules rules = new TokenRules("http://x", "spillway", "spillway", Duration.ZERO, 0);
        return new SignedToken(new DevTokens(rules, LIFE, () -> now), () -> now);
    }

    private static JWTClaimsSet claims(String token) throws ParseException {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }
}
