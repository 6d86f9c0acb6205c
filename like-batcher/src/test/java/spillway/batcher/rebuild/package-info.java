/** Rebuilds on real servers. */
@NullMarked
package spillway.batcher.rebuild;

import org.jspecify.annotations.NullMarked;
