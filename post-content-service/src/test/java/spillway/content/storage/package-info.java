/** What the tables' form costs and brings, measured. Nothing here is part of the build. */
@NullMarked
package spillway.content.storage;

import org.jspecify.annotations.NullMarked;
