package spillway.platform.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * What Tomcat answers by itself, before Spring sees the request: a path with {@code %00}, a header too large. Tomcat makes
 * the instance, by name, so it has to be public and takes nothing.
 */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemType type = ProblemType.of(HttpStatusCode.valueOf(status));
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getReporter()
                    .write("{\"type\":\"" + type.uri() + "\",\"title\":\"" + type.title() + "\",\"status\":" + status
                            + "}");
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or the answer is already on its way: there is nobody to tell.
            container.getLogger().debug("problem not written", e);
        }
    }
}
