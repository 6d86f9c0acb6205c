/** Kafka topics, record keys and partition choice: used by metrics (writes), content (writes), like-batcher and analytics (read). */
@NullMarked
package spillway.platform.events;

import org.jspecify.annotations.NullMarked;
