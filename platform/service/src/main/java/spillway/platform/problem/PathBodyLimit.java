package spillway.platform.problem;

import org.springframework.util.unit.DataSize;

/**
 * Another limit for the bodies of one path, declared as a bean by the service that has the path.
 *
 * @param path the whole path, as it stands in the request line; another spelling of it gets the general limit
 * @param limit in bytes of body
 */
public record PathBodyLimit(String path, DataSize limit) {}
