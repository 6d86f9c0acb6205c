/** Development tokens, so that the monolith can be loaded without a gateway before it. */
@NullMarked
package spillway.monolith.token;

import org.jspecify.annotations.NullMarked;
