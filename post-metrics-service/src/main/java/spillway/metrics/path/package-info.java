/** The ways a like can take, for comparison: straight into Redis, or through the log. */
@NullMarked
package spillway.metrics.path;

import org.jspecify.annotations.NullMarked;
