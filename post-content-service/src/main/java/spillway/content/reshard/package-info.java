/** Moves slots from shard to shard while they are written: mirror, backfill, verify, seal, hand over, and all of it back. */
@NullMarked
package spillway.content.reshard;

import org.jspecify.annotations.NullMarked;
