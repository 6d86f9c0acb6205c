/** The shed ledger: what was refused on purpose, per minute, class and reason. */
@NullMarked
package spillway.gateway.shed;

import org.jspecify.annotations.NullMarked;
