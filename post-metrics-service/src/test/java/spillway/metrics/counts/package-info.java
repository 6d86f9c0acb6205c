/** Backlog estimates, plainly. */
@NullMarked
package spillway.metrics.counts;

import org.jspecify.annotations.NullMarked;
