package spillway.content.reshard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How slots are moved.
 *
 * @param worker whether this instance works on reshards when no other does
 * @param chunk rows that are copied, compared or deleted in one step
 * @param chunkUnthrottled the same where clients need not come first
 * @param batch changes that are mirrored in one transaction
 * @param group slots whose writes are held up together while their owner changes
 * @param pause longest time that writes of a group are held up before the attempt is given up
 * @param parallel steps of moves at a time
 * @param rest time between looks for changes to mirror, where the last one did not find a whole batch. A round costs some
 *     twenty statements and two commits however little there is, so many short rests take more from clients than backfills do;
 *     a handover does not wait for it, but mirrors what its slots still lack by itself
 */
@Validated
@ConfigurationProperties("spillway.content.reshard")
record ReshardSettings(
        @DefaultValue("true") boolean worker,
        @Min(1) @Max(100_000) @DefaultValue("500") int chunk,
        @Min(1) @Max(100_000) @DefaultValue("50000") int chunkUnthrottled,
        @Min(1) @Max(10_000) @DefaultValue("200") int batch,
        @Min(1) @Max(4096) @DefaultValue("8") int group,
        @NotNull @DefaultValue("40ms") Duration pause,
        @Min(1) @Max(64) @DefaultValue("2") int parallel,
        @NotNull @DefaultValue("1s") Duration rest) {

    MoveRules rules(boolean throttled) {
        return new MoveRules(throttled ? chunk : chunkUnthrottled, batch, group, pause);
    }
}
