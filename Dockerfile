# An agent as an unprivileged user. Mount your config and keep the volume, which holds the record of all outages:
#   docker run -v "$PWD/allclear.yaml:/etc/allclear/allclear.yaml:ro" -v allclear:/var/lib/allclear -p 9844:9844 allclear
# with `agent: {ledger: /var/lib/allclear, ...}` in it.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY probes probes
COPY agent agent
COPY config config
RUN mvn -q -B -DskipTests -Dspotless.check.skip package
# The JDK's modules that Allclear and its libraries use; the libraries themselves stay on the class path.
RUN jlink --output /jre --strip-debug --no-man-pages --no-header-files --add-modules \
    java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported

FROM debian:13-slim
COPY --from=build /jre /opt/jre
COPY --from=build /src/agent/target/allclear.jar /opt/allclear/allclear.jar
COPY --from=build /src/agent/target/lib /opt/allclear/lib
COPY bin/java.args /opt/allclear/java.args
# One run that loads most classes; the JVM keeps what it learned and starts in half the time.
RUN --mount=type=bind,source=config,target=/tmp/config \
    /opt/jre/bin/java @/opt/allclear/java.args -XX:AOTCacheOutput=/opt/allclear/allclear.aot \
    -jar /opt/allclear/allclear.jar check /tmp/config/allclear.yaml
RUN useradd --system --user-group --home-dir /var/lib/allclear --create-home allclear
USER allclear
WORKDIR /var/lib/allclear
VOLUME /var/lib/allclear
EXPOSE 9844
# bash speaks enough HTTP, and unlike a second JVM costs nothing.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/9844 && printf 'GET /-/healthy HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["/opt/jre/bin/java", "@/opt/allclear/java.args", "-XX:AOTCache=/opt/allclear/allclear.aot", \
    "-jar", "/opt/allclear/allclear.jar"]
CMD ["run", "--config", "/etc/allclear/allclear.yaml", "--listen", "0.0.0.0:9844"]
