/** Who may come in: a valid token for everything that is not listed as open. */
@NullMarked
package spillway.gateway.access;

import org.jspecify.annotations.NullMarked;
