# One file for all services: docker build --build-arg MODULE=gateway .

# All of them at once: the stage does not depend on MODULE, so it runs once for all images.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn --batch-mode --quiet package --also-make \
        --projects gateway,post-content-service,post-metrics-service,post-analytics-service,like-batcher,monolith-baseline \
        -Dmaven.test.skip -Dspotless.check.skip

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
# Every JVM of this image, below and at run time, must have the same collector, or it cannot use the cache.
ENV JDK_JAVA_OPTIONS="-XX:+UseSerialGC"
# A start that ends once its beans are made records the classes that the real starts then need not load and link.
RUN ["java", "-XX:AOTCacheOutput=service.aot", "-Xlog:aot*=error", "-Dspring.context.exit=onRefresh", "-jar", "service.jar"]
USER 10001:10001
ENTRYPOINT ["java", "-XX:AOTCache=service.aot", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]
