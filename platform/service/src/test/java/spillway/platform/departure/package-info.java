/** Processes that leave. */
@NullMarked
package spillway.platform.departure;

import org.jspecify.annotations.NullMarked;
