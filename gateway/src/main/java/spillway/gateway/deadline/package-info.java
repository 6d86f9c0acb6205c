/** How long a caller waits: its header, what is left of it, and what becomes of a request when nothing is. */
@NullMarked
package spillway.gateway.deadline;

import org.jspecify.annotations.NullMarked;
