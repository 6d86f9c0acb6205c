/** Where content lives: the shard map, one pool per shard, and the boundary every statement passes. */
@NullMarked
package spillway.content.shard;

import org.jspecify.annotations.NullMarked;
