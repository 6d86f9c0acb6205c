package spillway.gateway.connection;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a peer may do with connections. Time is looked at once a second.
 *
 * @param most at the same time; one more is closed at once
 * @param mostPerAddress of one address, but for trusted proxies and addresses without quota
 * @param headTime from the first byte of a request to the end of its headers; then 408
 * @param bodyTime from there to the end of its body; then 408
 * @param answerTime longest that answers wait for a peer to read them; then the connection is closed
 */
@Validated
@ConfigurationProperties("spillway.gateway.connections")
record ConnectionRules(
        @Min(1) @DefaultValue("20000") int most,
        @Min(1) @DefaultValue("1000") int mostPerAddress,
        @NotNull @DefaultValue("10s") Duration headTime,
        @NotNull @DefaultValue("15s") Duration bodyTime,
        @NotNull @DefaultValue("30s") Duration answerTime) {

    ConnectionRules {
        if (!headTime.isPositive() || !bodyTime.isPositive() || !answerTime.isPositive()) {
            throw new IllegalArgumentException("head-time, body-time and answer-time must be above zero");
        }
    }
}
