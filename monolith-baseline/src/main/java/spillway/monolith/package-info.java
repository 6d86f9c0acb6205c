/** The application everybody writes first, whole: the yardstick that each technique of the platform is measured against. */
@NullMarked
package spillway.monolith;

import org.jspecify.annotations.NullMarked;
