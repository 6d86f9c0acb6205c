package spillway.content.idempotency;

import spillway.platform.id.Hash64;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * The wish to use a key.
 *
 * @param fingerprint what the user means by it
 * @param id of what will be made if the key is new
 */
public record Claim(UserId user, IdempotencyKey key, Fingerprint fingerprint, PostId id) {

    Owned owned() {
        return new Owned(id.slot(), user, key);
    }

    /** Number of the advisory lock that guards the key. */
    long lock() {
        long hash = Hash64.mix(user.value(), id.slot().number());
        for (char c : key.value().toCharArray()) {
            hash = Hash64.mix(hash, c);
        }
        return hash;
    }

    /**
     * Keys are each user's own, and used within a slot: the author's for posts, the post's for comments. So it does not matter
     * which slots share a shard at the moment.
     */
    record Owned(Slot slot, UserId user, IdempotencyKey key) {}
}
