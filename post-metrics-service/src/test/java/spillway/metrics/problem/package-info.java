/** Tests of what a wait that ends means. */
@NullMarked
package spillway.metrics.problem;

import org.jspecify.annotations.NullMarked;
