/** Deadlines of callers. */
@NullMarked
package spillway.gateway.deadline;

import org.jspecify.annotations.NullMarked;
