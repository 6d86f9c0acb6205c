/** The script on a Redis in memory and on a real one. */
@NullMarked
package spillway.batcher.redis;

import org.jspecify.annotations.NullMarked;
