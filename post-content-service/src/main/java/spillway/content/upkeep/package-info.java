/** What the tables of the shards need from time to time: partitions ahead of time, and an end of old Idempotency-Keys. */
@NullMarked
package spillway.content.upkeep;

import org.jspecify.annotations.NullMarked;
