/** The gateway application. */
@NullMarked
package spillway.gateway;

import org.jspecify.annotations.NullMarked;
