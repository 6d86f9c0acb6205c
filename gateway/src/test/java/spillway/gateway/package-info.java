/** The gateway over HTTP, with services that do as they are told. */
@NullMarked
package spillway.gateway;

import org.jspecify.annotations.NullMarked;
