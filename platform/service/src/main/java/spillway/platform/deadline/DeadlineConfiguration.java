package spillway.platform.deadline;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import spillway.platform.problem.ProblemWriter;

/** Reads deadlines in every servlet application, before the body and the token are looked at. */
@AutoConfiguration(afterName = "spillway.platform.problem.ProblemConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class DeadlineConfiguration {

    @Bean
    FilterRegistrationBean<DeadlineFilter> deadlineFilter(ProblemWriter problems) {
        FilterRegistrationBean<DeadlineFilter> registration =
                new FilterRegistrationBean<>(new DeadlineFilter(problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
