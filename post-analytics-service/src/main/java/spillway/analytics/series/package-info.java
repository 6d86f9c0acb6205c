/** Counts of a post's events over time. */
@NullMarked
package spillway.analytics.series;

import org.jspecify.annotations.NullMarked;
