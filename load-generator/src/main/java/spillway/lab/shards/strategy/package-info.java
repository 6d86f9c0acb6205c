/** The known ways of saying which shard a key lives on, and what each keeps in memory for it. */
@NullMarked
package spillway.lab.shards.strategy;

import org.jspecify.annotations.NullMarked;
