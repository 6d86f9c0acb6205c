/** Tokens for development, signed with a key that lives as long as the process. */
@NullMarked
package spillway.gateway.token;

import org.jspecify.annotations.NullMarked;
