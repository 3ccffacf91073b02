package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Where a server runs: here, or in a network namespace of its own, at the other end of a cable of
/// which packets can be lost. Making one takes root, as has whoever runs `bin/verify` in a
/// container.
final class Segment implements Closeable {
  static final Segment HERE = new Segment("", 0);

  /// What is set aside for measurements (RFC 2544).
  private static final String NETWORK = "198.18.%d.%d";

  private static final int NETWORKS = 256;

  private final String name;
  private final int network;

  private Segment(String name, int network) {
    this.name = name;
    this.network = network;
  }

  static Segment open() throws IOException {
    int network = ThreadLocalRandom.current().nextInt(NETWORKS);
    Segment segment = new Segment("allclear%d".formatted(network), network);
    String inside = segment.name + "b";
    run("netns", "add", segment.name);
    run("link", "add", segment.name, "type", "veth", "peer", "name", inside);
    run("link", "set", inside, "netns", segment.name);
    run("addr", "add", segment.ours() + "/30", "dev", segment.name);
    run("link", "set", segment.name, "up");
    segment.runInside("addr", "add", segment.address() + "/30", "dev", inside);
    segment.runInside("link", "set", inside, "up");
    segment.runInside("link", "set", "lo", "up");
    // Else whatever is for the server itself comes before every other rule.
    segment.runInside("rule", "add", "pref", "2", "lookup", "local");
    segment.runInside("rule", "del", "pref", "0");
    return segment;
  }

  private String ours() {
    return NETWORK.formatted(network, 1);
  }

  /// That of the server.
  String address() {
    return NETWORK.formatted(network, 2);
  }

  /// A command that runs in it.
  List<String> within(List<String> command) {
    return name.isEmpty()
        ? command
        : Stream.concat(
                Stream.of(Daemon.executable("ip").toString(), "netns", "exec", name),
                command.stream())
            .toList();
  }

  /// Nothing that comes in is received, and nobody is told.
  void drop() throws IOException {
    runInside("rule", "add", "pref", "1", "from", ours(), "blackhole");
  }

  void letThrough() throws IOException {
    runInside("rule", "del", "pref", "1");
  }

  private void runInside(String... arguments) throws IOException {
    run(Stream.concat(Stream.of("-n", name), Stream.of(arguments)).toArray(String[]::new));
  }

  private static void run(String... arguments) throws IOException {
    List<String> command =
        Stream.concat(Stream.of(Daemon.executable("ip").toString()), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        0,
        process.onExit().join().exitValue(),
        () -> String.join(" ", command) + " (a network of one's own takes root): " + said);
  }

  /// Its end of the cable goes with it, and so does ours.
  @Override
  public void close() throws IOException {
    run("netns", "del", name);
  }
}
