/** How a process leaves: unready first, then its connections, then itself. Used by the gateway and all services. */
@NullMarked
package spillway.platform.departure;

import org.jspecify.annotations.NullMarked;
