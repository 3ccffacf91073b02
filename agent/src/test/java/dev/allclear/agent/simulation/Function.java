package dev.allclear.agent.simulation;

import java.util.List;
import java.util.TreeSet;

/// What one probe asks for, as it is in truth: down in its faults that are no mere slowness, and at
/// each single instant at which its path failed it. In nanoseconds.
final class Function {
  static final long NEVER = Long.MAX_VALUE;
  private static final long MILLI = SimulatedTime.MILLI;

  /// What a request meets: whether it is served, at which instant that was true of the function,
  /// when the answer leaves, and since when the request hung, if it did.
  record Meeting(boolean served, long instant, long answered, long hungAt) {}

  private final List<Fault> down;
  private final List<Fault> slow;
  private final TreeSet<Long> losses = new TreeSet<>();

  Function(List<Fault> faults) {
    this.down = faults.stream().filter(Fault::isDown).toList();
    this.slow = faults.stream().filter(each -> !each.isDown()).toList();
  }

  /// The path fails a request, or the answer to it, at this instant.
  long lose(long instant) {
    losses.add(instant);
    return instant;
  }

  /// It turned out that this was not the path.
  void forgive(long instant) {
    losses.remove(instant);
  }

  boolean isSlow(long instant) {
    return at(slow, instant) >= 0;
  }

  /// A request that arrives then and takes that long.
  Meeting meet(long arrival, long work) {
    long hungAt = NEVER;
    long instant = arrival;
    long left = work;
    while (true) {
      int fault = firstFaultIn(instant, instant + left);
      if (fault < 0) {
        return new Meeting(true, instant, instant + left, hungAt);
      }
      long met = Math.max(instant, from(fault));
      switch (down.get(fault).kind()) {
        case ERRS, CRAWLS -> {
          return new Meeting(false, Math.min(met, hungAt), met, hungAt);
        }
        case SWALLOWS -> {
          return new Meeting(false, Math.min(met, hungAt), NEVER, hungAt);
        }
        case HANGS -> {
          hungAt = Math.min(met, hungAt);
          instant = to(fault);
          left = 0;
        }
      }
    }
  }

  /// The begin of the down period that holds this instant.
  long downSince(long instant) {
    int fault = at(down, instant);
    if (fault < 0) {
      if (!losses.contains(instant)) {
        throw new IllegalStateException("up at " + instant);
      }
      return instant;
    }
    while (fault > 0 && to(fault - 1) == from(fault)) {
      fault--;
    }
    return from(fault);
  }

  /// The begin of the up period that holds this instant.
  long upSince(long instant) {
    if (at(down, instant) >= 0) {
      throw new IllegalStateException("down at " + instant);
    }
    long since = 0;
    for (int i = 0; i < down.size() && to(i) <= instant; i++) {
      since = to(i);
    }
    Long lost = losses.floor(instant);
    return lost == null ? since : Math.max(since, lost);
  }

  /// What holds a failing instant: a fault's letter, or `p` for the path.
  char kind(long instant) {
    int fault = at(down, instant);
    return fault < 0 ? 'p' : down.get(fault).kind().letter;
  }

  private int firstFaultIn(long begin, long end) {
    for (int i = 0; i < down.size(); i++) {
      if (from(i) <= end && to(i) > begin) {
        return i;
      }
    }
    return -1;
  }

  private static int at(List<Fault> faults, long instant) {
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (fault.from() * MILLI <= instant && instant < fault.to() * MILLI) {
        return i;
      }
    }
    return -1;
  }

  private long from(int fault) {
    return down.get(fault).from() * MILLI;
  }

  private long to(int fault) {
    return down.get(fault).to() * MILLI;
  }
}
