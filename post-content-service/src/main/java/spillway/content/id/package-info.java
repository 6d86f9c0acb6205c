/** Ids of posts, comments and events, unique across instances without a round trip per id. */
@NullMarked
package spillway.content.id;

import org.jspecify.annotations.NullMarked;
