/** The four backing servers as child processes: prepared once, started, awaited, stopped. */
@NullMarked
package spillway.stack.server;

import org.jspecify.annotations.NullMarked;
