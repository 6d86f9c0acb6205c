/** What happened to a post, and how it is read from Kafka's records. */
@NullMarked
package spillway.analytics.event;

import org.jspecify.annotations.NullMarked;
