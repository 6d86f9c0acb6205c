package spillway.metrics.receipt;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How receipts are made and followed.
 *
 * @param key base64 of at least 32 random bytes, the same in every instance; no default, the service does not start
 *     without it
 * @param longestWait where {@code ?wait=} and {@code ?after=} are cut off
 * @param pollEvery how often the watermarks that somebody waits for are read
 */
@Validated
@ConfigurationProperties("spillway.receipts")
record ReceiptRules(
        @Nullable String key,
        @NotNull @DefaultValue("5s") Duration longestWait,
        @NotNull @DefaultValue("20ms") Duration pollEvery) {

    /** Without the key: this ends in logs. */
    @Override
    public String toString() {
        return "ReceiptRules[longestWait=" + longestWait + ", pollEvery=" + pollEvery + "]";
    }
}
