package dev.allclear.probes.wire;

/// How many datagrams came that were no answer to a query under way: with an id that nobody waits
/// for, with another question, that are no answers at all, or that cannot be read. `late` ones
/// answer a query that is over, a second time or too late.
public record Strays(long wrongId, long otherQuestion, long noAnswer, long malformed, long late) {
  static final Strays NONE = new Strays(0, 0, 0, 0, 0);
  static final Strays WRONG_ID = new Strays(1, 0, 0, 0, 0);
  static final Strays OTHER_QUESTION = new Strays(0, 1, 0, 0, 0);
  static final Strays NO_ANSWER = new Strays(0, 0, 1, 0, 0);
  static final Strays MALFORMED = new Strays(0, 0, 0, 1, 0);
  static final Strays LATE = new Strays(0, 0, 0, 0, 1);

  /// Of all kinds.
  public long total() {
    return wrongId + otherQuestion + noAnswer + malformed + late;
  }

  Strays plus(Strays more) {
    return new Strays(
        wrongId + more.wrongId,
        otherQuestion + more.otherQuestion,
        noAnswer + more.noAnswer,
        malformed + more.malformed,
        late + more.late);
  }

  Strays minus(Strays fewer) {
    return new Strays(
        wrongId - fewer.wrongId,
        otherQuestion - fewer.otherQuestion,
        noAnswer - fewer.noAnswer,
        malformed - fewer.malformed,
        late - fewer.late);
  }
}
