/** Likes and shares on their way into the log (invariant I1). */
@NullMarked
package spillway.metrics.engage;

import org.jspecify.annotations.NullMarked;
