package spillway.monolith;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;

/** Starts the application on the suite's first database. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spillway.monolith.url=${spillway.content.catalog-url}",
            "spillway.monolith.dev-tokens.enabled=true"
        })
@interface WholeMonolith {}
