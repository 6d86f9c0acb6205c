/** Events leave with the transaction that made them, and reach Kafka at least once. */
@NullMarked
package spillway.content.outbox;

import org.jspecify.annotations.NullMarked;
