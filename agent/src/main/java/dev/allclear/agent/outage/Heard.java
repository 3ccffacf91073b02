package dev.allclear.agent.outage;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What became of a claim.
public sealed interface Heard {

  /// It is written down now; `filed` are the ids of the outages of its cells, empty where none was
  /// open.
  record Written(Map<Cell, String> filed) implements Heard {
    public Written {
      filed = Collections.unmodifiableMap(new TreeMap<>(filed));
    }
  }

  /// It had been written down before.
  record Known(Map<Cell, String> filed) implements Heard {
    public Known {
      filed = Collections.unmodifiableMap(new TreeMap<>(filed));
    }
  }

  /// Something else was said with its key before: neither it nor what came with it is written down.
  record Taken(Claim by) implements Heard {}

  /// Not written down, since the key of one that came with it was taken.
  record Left() implements Heard {}
}
