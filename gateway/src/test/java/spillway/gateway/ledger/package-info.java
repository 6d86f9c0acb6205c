/** Classes of traffic and outcomes. */
@NullMarked
package spillway.gateway.ledger;

import org.jspecify.annotations.NullMarked;
