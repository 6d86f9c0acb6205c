/** Looks all the time whether counts are the sizes of the sets that they count, and raises an alarm when one is not. */
@NullMarked
package spillway.batcher.audit;

import org.jspecify.annotations.NullMarked;
