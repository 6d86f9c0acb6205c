/** Tests of the way to the services. */
@NullMarked
package spillway.gateway.route;

import org.jspecify.annotations.NullMarked;
