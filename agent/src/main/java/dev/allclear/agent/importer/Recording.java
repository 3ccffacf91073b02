package dev.allclear.agent.importer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a browser recorded, as HTTP Archive 1.2.
public final class Recording {
  private static final int MOST_STEPS = 300;

  private final Path file;
  private final List<Entry> entries;

  private Recording(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /// Reads a file.
  ///
  /// @throws BadImport naming what is missing in the file
  public static Recording read(Path file) throws BadImport {
    return new Recording(file, Har.read(file));
  }

  /// A config with the recording as its one journey. `target` is the file that it goes to.
  ///
  /// @throws BadImport if nothing in it can be a step
  public Imported journey(String name, String target) throws BadImport {
    Selection selection = Selection.of(entries);
    if (selection.kept().isEmpty()) {
      throw new BadImport(
          file
              + " has no request that can be a step; "
              + (entries.isEmpty() ? "it is empty" : String.join("; ", selection.leftOut())));
    }
    if (selection.kept().size() > MOST_STEPS) {
      throw new BadImport(
          "%s has %d requests that can be steps, and a journey at most %d; record a shorter walk"
              .formatted(file, selection.kept().size(), MOST_STEPS));
    }
    Walk walk = Walk.of(selection.kept());
    Duration took =
        selection.kept().stream().map(Entry::took).reduce(Duration.ZERO, Duration::plus);
    String made =
        "Made of a browser's recording: %d of its %d requests."
            .formatted(selection.kept().size(), entries.size());
    return new ConfigText(name, target, walk.environment())
        .of(made, selection.leftOut(), walk.base(), took, walk.steps());
  }
}
