/** Posts: write, read, edit, delete, and the latest of all shards. */
@NullMarked
package spillway.content.post;

import org.jspecify.annotations.NullMarked;
