/** One effect for any number of sends of one intent. */
@NullMarked
package spillway.content.idempotency;

import org.jspecify.annotations.NullMarked;
