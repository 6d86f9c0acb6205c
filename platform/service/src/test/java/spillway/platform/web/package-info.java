/** The platform's MVC defaults, tried over real HTTP on a service of a few lines. */
@NullMarked
package spillway.platform.web;

import org.jspecify.annotations.NullMarked;
