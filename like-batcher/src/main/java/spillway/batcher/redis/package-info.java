/** The counter store on Redis: one script per bucket and flush. */
@NullMarked
package spillway.batcher.redis;

import org.jspecify.annotations.NullMarked;
