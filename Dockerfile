# One file for all services: docker build --build-arg MODULE=gateway .
# and for the commands that work on them: docker build --target commands .

# All of them at once: the stage does not depend on MODULE, so it runs once for all images.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn --batch-mode --quiet package --also-make \
        --projects gateway,post-content-service,post-metrics-service,post-analytics-service,like-batcher,monolith-baseline,load-generator \
        -Dmaven.test.skip -Dspotless.check.skip

FROM eclipse-temurin:25-jre AS commands
COPY --from=build /src/load-generator/target/load-generator.jar /app/
USER 10001:10001

FROM eclipse-temurin:25-jre AS layers
ARG MODULE
WORKDIR /jar
COPY --from=build /src/${MODULE}/target/${MODULE}.jar service.jar
RUN java -Djarmode=tools -jar service.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
WORKDIR /app
COPY deploy/ready.sh ./
# What changes seldom comes first.
COPY --from=layers /jar/layers/dependencies/ ./
COPY --from=layers /jar/layers/spring-boot-loader/ ./
COPY --from=layers /jar/layers/snapshot-dependencies/ ./
COPY --from=layers /jar/layers/application/ ./
# A start that ends once its beans are made records the classes that the real starts then need not load and link. The JVM
# accepts the record only with the same collector, and stops with "archived heap objects cannot be loaded" when the first
# heap is too small for what it holds.
RUN ["java", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
     "-XX:AOTCacheOutput=service.aot", "-Xlog:aot*=error", "-Dspring.context.exit=onRefresh", "-jar", "service.jar"]
USER 10001:10001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
     "-XX:AOTCache=service.aot", "-Djdk.virtualThreadScheduler.parallelism=16", "-Xms64m", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]
