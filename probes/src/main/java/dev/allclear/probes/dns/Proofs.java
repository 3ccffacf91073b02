package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Records as they came, from how they are shown; what does not read back is left out.
final class Proofs {
  private Proofs() {}

  /// Those of one kind.
  static <T extends Record> List<T> of(List<Heard.Line> lines, Class<T> kind) {
    List<T> records = new ArrayList<>();
    for (Heard.Line line : lines) {
      Record record = record(line);
      if (kind.isInstance(record)) {
        records.add(kind.cast(record));
      }
    }
    return records;
  }

  private static @Nullable Record record(Heard.Line line) {
    try {
      return Record.fromString(
          Name.fromString(line.owner(), Name.root),
          Type.value(line.type()),
          DClass.IN,
          line.ttl().toSeconds(),
          line.data(),
          Name.root);
    } catch (IOException | RuntimeException _) {
      // Such as a key without octets, which has a wire form but none for people.
      return null;
    }
  }
}
