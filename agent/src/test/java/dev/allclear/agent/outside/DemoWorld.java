package dev.allclear.agent.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The world of `allclear demo --world` on ports of the test's own, and the shipped config moved
/// there.
final class DemoWorld implements AutoCloseable {
  private static final int SHIPPED_BASE = 9850;
  static final int PORTS = 14;
  private static final Pattern PORT = Pattern.compile("(?<=:)98[56]\\d\\b");
  private static final Pattern LEDGER = Pattern.compile("(?<=\\bledger: )[^\\s,}]+");

  private final Path folder;
  private final int base;
  private final Child process;

  private DemoWorld(Path folder, int base, Child process) {
    this.folder = folder;
    this.base = base;
    this.process = process;
  }

  static DemoWorld start(Path folder) throws IOException, InterruptedException {
    int base = Ports.block(PORTS);
    Child process = Binary.start(folder, "demo", "--world", "--port", Integer.toString(base));
    Daemon.awaitPort(process, base);
    return new DemoWorld(folder, base, process);
  }

  /// `config/allclear.yaml` for this world, with its ledger in the test's folder, and with time
  /// enough for what answers on the slowest machine: this world never breaks by hanging.
  Path config() throws IOException {
    String shipped = Files.readString(Binary.HOME.resolve("config/allclear.yaml"));
    String moved =
        PORT.matcher(shipped)
            .replaceAll(
                port -> Integer.toString(Integer.parseInt(port.group()) - SHIPPED_BASE + base));
    String ledger = folder.resolve("ledger").toString();
    String config =
        LEDGER
            .matcher(moved)
            .replaceAll(_ -> ledger)
            .replace(" every: 1s", " every: 2s")
            .replace(" timeout: 1s", " timeout: 2s")
            .replace(" deadline: 5s", " deadline: 1m");
    return Files.writeString(folder.resolve("allclear.yaml"), config);
  }

  void breakWest() throws IOException, InterruptedException {
    Web.post(control("break?region=west&how=error"));
  }

  void mendWest() throws IOException, InterruptedException {
    Web.post(control("mend?region=west"));
  }

  private String control(String what) {
    return "http://127.0.0.1:%d/%s".formatted(base, what);
  }

  @Override
  public void close() {
    process.close();
  }
}
