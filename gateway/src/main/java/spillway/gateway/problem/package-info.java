/** Problems for whatever fails on the way through the gateway. */
@NullMarked
package spillway.gateway.problem;

import org.jspecify.annotations.NullMarked;
