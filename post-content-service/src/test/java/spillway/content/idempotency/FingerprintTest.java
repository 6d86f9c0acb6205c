package spillway.content.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void samePartsHaveOneFingerprint_alsoAfterStorage() {
        Fingerprint first = Fingerprint.of(List.of("a", "b"));

        assertThat(Fingerprint.of(List.of("a", "b"))).isEqualTo(first);
        assertThat(Fingerprint.stored(first.toBytes())).isEqualTo(first);
    }

    @Test
    void partsDoNotRunTogether() {
        assertThat(Fingerprint.of(List.of("ab", "c"))).isNotEqualTo(Fingerprint.of(List.of("a", "bc")));
        assertThat(Fingerprint.of(List.of("ab"))).isNotEqualTo(Fingerprint.of(List.of("ab", "")));
    }
}
