/** Chaos for a reshard: writes go on while its worker is killed, and in the end every accepted version is where it belongs. */
@NullMarked
package spillway.chaos.reshard;

import org.jspecify.annotations.NullMarked;
