/** Gathering of views, plainly. */
@NullMarked
package spillway.metrics.views;

import org.jspecify.annotations.NullMarked;
