/** Ranges and points of series. */
@NullMarked
package spillway.analytics.series;

import org.jspecify.annotations.NullMarked;
