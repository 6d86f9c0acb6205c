/** What comes at the same time leaves together: one rule for likes at the gateway's edge and for posts on their way to a shard. */
@NullMarked
package spillway.platform.batch;

import org.jspecify.annotations.NullMarked;
