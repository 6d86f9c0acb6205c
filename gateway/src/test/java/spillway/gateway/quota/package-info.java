/** Quotas under a clock of their own. */
@NullMarked
package spillway.gateway.quota;

import org.jspecify.annotations.NullMarked;
