/** Events in Cassandra: each is counted once however often it is delivered. */
@NullMarked
package spillway.analytics.store;

import org.jspecify.annotations.NullMarked;
