/** The whole stack as processes, looked at from within the launcher's package. */
@NullMarked
package spillway.stack.launch;

import org.jspecify.annotations.NullMarked;
