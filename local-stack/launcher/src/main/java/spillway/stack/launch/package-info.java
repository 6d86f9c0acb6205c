/** The ./spillway command: supervises servers and services, and says what it does. */
@NullMarked
package spillway.stack.launch;

import org.jspecify.annotations.NullMarked;
