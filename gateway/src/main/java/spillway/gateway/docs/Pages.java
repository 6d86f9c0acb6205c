package spillway.gateway.docs;

import java.io.IOException;
import java.util.Properties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Serves Swagger UI's files from its archive; the page that shows them is our own. */
@Configuration(proxyBeanMethods = false)
class Pages implements WebFluxConfigurer {

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/swagger-ui/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/");
    }

    private static String swaggerUiVersion() {
        ClassPathResource description = new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties");
        try {
            Properties properties = PropertiesLoaderUtils.loadProperties(description);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("Swagger UI is not on the class path", e);
        }
    }
}
