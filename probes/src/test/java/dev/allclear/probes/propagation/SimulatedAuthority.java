package dev.allclear.probes.propagation;

import java.util.List;
import java.util.Random;

/// The servers of a zone, each of which is new from an instant of its own on; all of them may be
/// dead for a while. Times are nanoseconds.
record SimulatedAuthority(List<Long> flips, Published ttl, long deadFrom, long deadTo) {

  boolean dead(long at) {
    return at >= deadFrom && at < deadTo;
  }

  Said says(int server, long at) {
    return dead(at) ? Said.SILENT : at >= flips.get(server) ? Said.NEW : Said.OLD;
  }

  Said any(long at, Random random) {
    return says(random.nextInt(flips.size()), at);
  }

  int ttl(Said said) {
    return said == Said.NEW ? ttl.fresh() : ttl.old();
  }
}
