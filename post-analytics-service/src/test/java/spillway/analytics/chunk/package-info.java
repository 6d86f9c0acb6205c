/** Tests of rows of events: their format, their order, and what no schedule may do to them. */
@NullMarked
package spillway.analytics.chunk;

import org.jspecify.annotations.NullMarked;
