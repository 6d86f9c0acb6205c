/** Counts of posts, with what is not in them yet. */
@NullMarked
package spillway.metrics.counts;

import org.jspecify.annotations.NullMarked;
