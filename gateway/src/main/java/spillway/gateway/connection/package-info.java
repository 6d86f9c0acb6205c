/** How many connections there may be, and how slow a peer may be. */
@NullMarked
package spillway.gateway.connection;

import org.jspecify.annotations.NullMarked;
