package spillway.metrics.pressure;

import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.counts.Backlog;
import spillway.platform.counters.CounterFamily;
import spillway.platform.pressure.StoreTime;

/**
 * What the gateway asks several times a second. Everything was measured before, so that asking costs nothing when there is
 * nothing to spare. It needs no token and tells of no user; the gateway does not lead here.
 */
@Hidden
@RestController
class PressureController {

    private final ProducerBuffer buffer;
    private final Backlog backlog;
    private final StoreTime redis;

    PressureController(ProducerBuffer buffer, Backlog backlog, StoreTime redisTime) {
        this.buffer = buffer;
        this.backlog = backlog;
        this.redis = redisTime;
    }

    @GetMapping("/pressure")
    Pressure pressure() {
        Backlog.State likes = backlog.known(CounterFamily.LIKES).orElse(null);
        return new Pressure(
                buffer.used(),
                likes == null ? null : likes.oldestMillis(),
                likes == null ? null : likes.records(),
                likes == null ? null : likes.drainPerSecond(),
                redis.millis());
    }

    /**
     * Each null when it is not known.
     *
     * @param producerBuffer how full the buffer is in which likes wait for the log, 0 to 1
     * @param oldestLikeMillis age of the oldest accepted like that is not counted
     * @param backlog accepted likes that are not counted
     * @param drainPerSecond likes counted per second, lately, while a backlog was there
     * @param storeMillis what Redis takes for a round trip
     */
    record Pressure(
            @Nullable Double producerBuffer,
            @Nullable Long oldestLikeMillis,
            @Nullable Long backlog,
            @Nullable Double drainPerSecond,
            @Nullable Double storeMillis) {}
}
