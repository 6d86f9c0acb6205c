/** Ways of spreading writes over shards, side by side on the same writes. */
@NullMarked
package spillway.lab.shards;

import org.jspecify.annotations.NullMarked;
