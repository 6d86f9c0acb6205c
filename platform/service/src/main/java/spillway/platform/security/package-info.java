/**
 * Who calls: bearer tokens checked alike in the gateway and in every service (invariant I9); development tokens for the gateway
 * and the monolith.
 */
@NullMarked
package spillway.platform.security;

import org.jspecify.annotations.NullMarked;
