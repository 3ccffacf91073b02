package dev.allclear.agent.simulation;

/// Something is wrong with a function in [from, to), in milliseconds since the history began.
record Fault(long from, long to, Kind kind) {

  /// What a request meets.
  enum Kind {
    /// An error, or a refusal, at once.
    ERRS('e'),
    /// Is answered once the function is back.
    HANGS('h'),
    /// Is lost, and so is an answer that is on its way: also when the path is at fault.
    SWALLOWS('s'),
    /// Is answered, but slowly: this function is up.
    CRAWLS('c');

    final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    static Kind of(char letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of fault: " + letter);
    }
  }

  Fault {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("not 0 <= from < to");
    }
  }

  boolean isDown() {
    return kind != Kind.CRAWLS;
  }
}
