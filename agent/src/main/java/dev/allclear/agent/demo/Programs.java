package dev.allclear.agent.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The nameserver programs that are installed on this machine.
record Programs(Path knotd, Path knotc, Path unbound) {
  private static final Map<String, String> PACKAGES =
      Map.of("knotd", "knot", "knotc", "knot", "unbound", "unbound");

  /// From such folders, as PATH lists them.
  ///
  /// @throws IOException that names what is missing, and the packages of Debian that have it
  static Programs on(String path) throws IOException {
    List<String> missing =
        PACKAGES.keySet().stream().filter(name -> find(name, path).isEmpty()).sorted().toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "real DNS needs %s, neither on PATH nor in /usr/sbin; on Debian: apt-get install %s"
              .formatted(
                  String.join(", ", missing),
                  missing.stream().map(PACKAGES::get).distinct().collect(Collectors.joining(" "))));
    }
    return new Programs(
        find("knotd", path).getFirst(),
        find("knotc", path).getFirst(),
        find("unbound", path).getFirst());
  }

  private static List<Path> find(String name, String path) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .toList();
  }
}
