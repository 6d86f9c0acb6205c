/** What the service's integration tests share: tokens, a client, and users of known shards. */
@NullMarked
package spillway.content.testing;

import org.jspecify.annotations.NullMarked;
