/** Likes and shares over HTTP on a real log. */
@NullMarked
package spillway.metrics.engage;

import org.jspecify.annotations.NullMarked;
