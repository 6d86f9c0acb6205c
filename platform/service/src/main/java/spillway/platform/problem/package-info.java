/** RFC 9457 problems with stable types, for Spring MVC and for the gateway's WebFlux. */
@NullMarked
package spillway.platform.problem;

import org.jspecify.annotations.NullMarked;
