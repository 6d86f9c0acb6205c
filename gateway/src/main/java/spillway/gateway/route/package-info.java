/** Which service answers which path, what of a request is passed on, and what a service's failure means to the caller. */
@NullMarked
package spillway.gateway.route;

import org.jspecify.annotations.NullMarked;
