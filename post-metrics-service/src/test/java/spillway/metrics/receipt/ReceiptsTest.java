package spillway.metrics.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.platform.counters.CounterFamily;
import spillway.platform.id.UserId;

class ReceiptsTest {

    private static final Receipt RECEIPT =
            new Receipt(new UserId(Long.MAX_VALUE), CounterFamily.LIKES, 1023, 7, Long.MAX_VALUE);

    private final Receipts receipts = new Receipts(key(1));

    private static byte[] key(int fill) {
        byte[] key = new byte[Receipts.SHORTEST_KEY];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    @ParameterizedTest
    @EnumSource
    void aReceipt_isReadBackFromItsToken(CounterFamily family) {
        Receipt receipt = new Receipt(new UserId(42), family, 3, 5, 6_000_000_000L);

        assertThat(receipts.read(receipts.write(receipt))).contains(receipt);
    }

    @Test
    void aToken_fitsAUrl() {
        assertThat(receipts.write(RECEIPT)).hasSize(50).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void noBitOfAToken_canBeChanged() {
        byte[] token = Base64.getUrlDecoder().decode(receipts.write(RECEIPT));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(receipts.read(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .isEmpty();
        }
    }

    @Test
    void aTokenOfAnotherKey_isNoReceipt() {
        assertThat(new Receipts(key(2)).read(receipts.write(RECEIPT))).isEmpty();
    }

    @Test
    void anotherSpellingOfAToken_isNoReceipt() {
        String token = receipts.write(RECEIPT);
        char last = token.charAt(token.length() - 1);

        assertThat(receipts.read(token + "=")).isEmpty();
        assertThat(receipts.read(token.substring(0, token.length() - 1) + (char) (last + 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "../../etc/passwd", "{}", "äöü", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void anythingElse_isNoReceipt(String text) {
        assertThat(receipts.read(text)).isEmpty();
        assertThat(receipts.read(text.repeat(1_000))).isEmpty();
    }

    @Test
    void aShortKey_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Receipts(new byte[31]))
                .withMessage("a receipts key needs 32 bytes, this one has 31");
    }
}
