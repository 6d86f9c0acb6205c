/** How much one user, and one address, may send of each group of requests. */
@NullMarked
package spillway.gateway.quota;

import org.jspecify.annotations.NullMarked;
