/** The kernel in plain Java: a batch window collapses per bucket and is applied by compare-and-set, exactly once (invariant I2). */
@NullMarked
package spillway.batcher.collapse;

import org.jspecify.annotations.NullMarked;
