package dev.allclear.agent.tripwire;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.schedule.Check;

/// Whom tripwires serve. Any thread may call it; nothing of it may block.
public interface Owner {
  /// Something may be wrong: the check is to run at once.
  void look(Check check);

  /// The same, and no answer may come: each run would take until its time-out.
  void press(Check check);

  /// True if the cell is well, as far as is known.
  boolean isWell(Cell cell);

  void stands(Cell cell, Grip grip);

  void broke(Cell cell, Reason reason);

  /// A request, or a PING, went over the held connection.
  void asked(Cell cell);
}
