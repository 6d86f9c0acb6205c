/** The stack that is measured: where its parts listen and which processes they are. */
@NullMarked
package spillway.lab.stack;

import org.jspecify.annotations.NullMarked;
