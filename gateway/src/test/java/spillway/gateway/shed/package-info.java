/** The shed ledger. */
@NullMarked
package spillway.gateway.shed;

import org.jspecify.annotations.NullMarked;
