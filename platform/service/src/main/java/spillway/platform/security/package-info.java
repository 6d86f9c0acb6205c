/** Who calls: bearer tokens checked alike in the gateway and in every service (invariant I9). */
@NullMarked
package spillway.platform.security;

import org.jspecify.annotations.NullMarked;
