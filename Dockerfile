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
    java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.jfr,jdk.management,jdk.unsupported

FROM debian:13-slim
COPY --from=build /jre /opt/jre
COPY --from=build /src/agent/target/allclear.jar /opt/allclear/allclear.jar
COPY --from=build /src/agent/target/lib /opt/allclear/lib
COPY bin/java.args /opt/allclear/java.args
COPY config /etc/allclear
RUN useradd --system --user-group --home-dir /var/lib/allclear --create-home allclear \
    && { /opt/jre/bin/java @/opt/allclear/java.args -XX:AOTCacheOutput=/opt/allclear/allclear.aot \
        -jar /opt/allclear/allclear.jar check /etc/allclear/allclear.yaml >/dev/null || true; }
USER allclear
WORKDIR /var/lib/allclear
VOLUME /var/lib/allclear
EXPOSE 9844
# bash speaks HTTP well enough, and unlike a second JVM costs nothing.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/9844 && printf 'GET /-/healthy HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["/opt/jre/bin/java", "@/opt/allclear/java.args", "-XX:AOTCache=/opt/allclear/allclear.aot", \
    "-jar", "/opt/allclear/allclear.jar"]
CMD ["run", "--config", "/etc/allclear/allclear.yaml", "--listen", "0.0.0.0:9844"]
