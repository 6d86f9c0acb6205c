package spillway.content.idempotency;

import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;

/** Something that will be made, unless its key made it before. */
public interface Draft {

    /** Of what will be made. */
    PostId id();

    /** Of its Idempotency-Key, for this id; null when it came without one. */
    @Nullable Claim claim();
}
