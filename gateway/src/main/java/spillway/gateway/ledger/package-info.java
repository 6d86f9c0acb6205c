/** The books: what was offered per class of traffic and what became of it (invariant I3). */
@NullMarked
package spillway.gateway.ledger;

import org.jspecify.annotations.NullMarked;
