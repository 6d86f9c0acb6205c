package spillway.metrics.views;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import spillway.metrics.views.HotKeys.HotKey;
import spillway.metrics.views.Split.Stage;
import spillway.platform.id.PostId;
import spillway.platform.security.Caller;
import spillway.platform.security.Forbidden;

/** Shows the posts whose views this instance watches, for operators; the gateway does not lead here. */
@RestController
class HotKeyController {

    private final HotKeys keys;
    private final HotKeyRules rules;

    HotKeyController(HotKeys keys, HotKeyRules rules) {
        this.keys = keys;
        this.rules = rules;
    }

    @GetMapping("/admin/hot-keys")
    Report report(Caller caller) {
        Forbidden.unless(caller, Caller.ADMIN);
        return new Report(
                rules.splitAbove(),
                keys.splitsMade(),
                keys.mergesMade(),
                keys.newest().stream().map(HotKeyController::shown).toList());
    }

    private static Shown shown(HotKey key) {
        Split split = key.split();
        return new Shown(
                new PostId(key.post()),
                Math.round(key.writesPerSecond()),
                Math.round(key.own()),
                split.stage(),
                split.subKeys(),
                split.stage() == Stage.WHOLE ? null : Instant.ofEpochMilli(split.epoch()));
    }

    /**
     * @param splitAbove writes per second
     * @param splits announced by this instance since it started
     * @param merges completed by this instance since it started
     * @param keys the hottest first
     */
    record Report(long splitAbove, long splits, long merges, List<Shown> keys) {}

    /**
     * @param writesPerSecond by all instances that watch the post
     * @param ownWritesPerSecond by this instance
     * @param announcedAt of the split; null when the post is whole
     */
    record Shown(
            PostId postId,
            long writesPerSecond,
            long ownWritesPerSecond,
            Stage stage,
            int subKeys,
            @Nullable Instant announcedAt) {}
}
