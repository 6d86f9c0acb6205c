/** Connections under a clock of their own. */
@NullMarked
package spillway.gateway.connection;

import org.jspecify.annotations.NullMarked;
