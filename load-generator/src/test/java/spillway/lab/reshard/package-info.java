/** Tests of the command reshard against a service that is played. */
@NullMarked
package spillway.lab.reshard;

import org.jspecify.annotations.NullMarked;
