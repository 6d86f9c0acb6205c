/** Views, added up in memory and flushed to Redis: best effort, and the busiest write there is. */
@NullMarked
package spillway.metrics.views;

import org.jspecify.annotations.NullMarked;
