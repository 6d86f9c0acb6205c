/** From Kafka's topics into the store: offsets are committed after Cassandra's acknowledgements. */
@NullMarked
package spillway.analytics.ingest;

import org.jspecify.annotations.NullMarked;
