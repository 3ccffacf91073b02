package dev.allclear.agent.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/// Which agent is told something.
@SuppressWarnings("FieldCanBeFinal") // picocli sets it
final class Target {
  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = WebUrls.class,
      defaultValue = "http://127.0.0.1:9844",
      description =
          "Where the agent listens. Default: ${DEFAULT-VALUE}. If it wants a token, export that as"
              + " ALLCLEAR_TOKEN.")
  private URI url = URI.create("");

  AgentApi agent() {
    return AgentApi.at(url);
  }

  /// Whether the agent runs on this machine.
  boolean isHere() {
    String host = String.valueOf(url.getHost());
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  URI url() {
    return url;
  }
}
