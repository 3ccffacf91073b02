package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A change derived from observations, or a claim. `at` is when it was decided; the bounds say when
/// what it tells of happened. Each record carries all that is needed to fold it again after a
/// restart.
public sealed interface Event {
  Moment at();

  /// Enough passes at the start.
  record Healthy(Moment at) implements Event {}

  /// The first fail of a healthy service.
  record Suspected(Moment at, String probe, Bounds onset, Cause cause, String detail)
      implements Event {}

  /// A suspicion that was not confirmed: `onset` and `end` bound the fault.
  record Blipped(Moment at, String probe, Bounds onset, Bounds end) implements Event {}

  /// Fails confirmed: the outage is open at `level`, its onset back-dated. `objectives` are those
  /// of the levels that have one of their own.
  record Detected(
      Moment at,
      String id,
      Bounds onset,
      Set<String> failing,
      String probe,
      Cause cause,
      String detail,
      Rto rto,
      Level level,
      Kind kind,
      Map<Level, Rto> objectives)
      implements Event {

    /// A service down, unplanned.
    public Detected(
        Moment at,
        String id,
        Bounds onset,
        Set<String> failing,
        String probe,
        Cause cause,
        String detail,
        Rto rto) {
      this(at, id, onset, failing, probe, cause, detail, rto, Level.DOWN, Kind.OUTAGE, Map.of());
    }
  }

  /// Too many blips: an incident that began with the first of them; `good` bounds when the last
  /// ended.
  record Flapping(
      Moment at,
      String id,
      Bounds onset,
      Bounds good,
      int blips,
      String probe,
      Rto rto,
      Kind kind,
      Map<Level, Rto> objectives)
      implements Event {}

  /// Another probe turned out to fail in the same outage, which is as bad as `level`; its onset may
  /// be the earlier one.
  record AlsoFailing(Moment at, String probe, Bounds onset, Cause cause, String detail, Level level)
      implements Event {

    /// As bad as down.
    public AlsoFailing(Moment at, String probe, Bounds onset, Cause cause, String detail) {
      this(at, probe, onset, cause, detail, Level.DOWN);
    }
  }

  /// The outage is worse than it was: fails of a probe confirmed that is worth more.
  record Worsened(Moment at, String probe, Bounds onset, Cause cause, String detail, Level level)
      implements Event {}

  /// All that is worse than `level` is verified, and was restored then; `failing` are the probes
  /// that still fail.
  record Eased(Moment at, Level level, Bounds restored, Set<String> failing) implements Event {}

  /// A maintenance window ended at `end` and the service is not well: an outage, from then on.
  record Overran(Moment at, Moment end) implements Event {}

  /// Nobody has said in time that they do anything about it.
  record Overdue(Moment at) implements Event {}

  /// The first pass of a probe that had failed; the required probes in `waitingFor` do not pass
  /// yet.
  record FirstGood(Moment at, String probe, Bounds good, Set<String> waitingFor) implements Event {}

  /// Every required probe has passed since its last fail.
  record Verifying(Moment at) implements Event {}

  /// A probe failed again before verification was done; it is as bad as `level` now.
  record FalseStart(Moment at, String probe, Bounds failed, Cause cause, String detail, Level level)
      implements Event {

    /// As bad as down.
    public FalseStart(Moment at, String probe, Bounds failed, Cause cause, String detail) {
      this(at, probe, failed, cause, detail, Level.DOWN);
    }
  }

  /// Provisional until the hold ends.
  record Verified(Moment at, Bounds restored) implements Event {}

  /// A false recovery: a confirmed fail inside the hold. The same outage goes on, as bad as
  /// `level`.
  record Relapsed(Moment at, String probe, Bounds failed, Cause cause, String detail, Level level)
      implements Event {

    /// As bad as down.
    public Relapsed(Moment at, String probe, Bounds failed, Cause cause, String detail) {
      this(at, probe, failed, cause, detail, Level.DOWN);
    }
  }

  /// Every shallow probe passes while deep ones fail, since then.
  record DepthsDiffer(Moment at, Bounds since) implements Event {}

  /// Shallow and deep probes fail, or pass, alike again.
  record DepthsAgree(Moment at, Bounds until) implements Event {}

  /// It will not be verified before these services, which it depends on, are healthy; with none
  /// nothing is in the way.
  record Waits(Moment at, Set<String> services) implements Event {}

  /// Others answer a probe, as the answers say by their `label`: `to` instead of `from`, who had
  /// given those of so many `runs`. Without `from` nobody knows who did before.
  record Served(
      Moment at,
      String probe,
      String label,
      Set<String> from,
      Set<String> to,
      int runs,
      Bounds shifted)
      implements Event {
    /// More of one label of one probe are not told in one outage.
    public static final int MOST = 60;

    public Served {
      from = Set.copyOf(from);
      to = Set.copyOf(to);
    }
  }

  /// The hold ended: the verdict is final.
  record Closed(Moment at) implements Event {}

  /// No witness answers: what failed since `from` need not be the target's fault.
  record LostSight(Moment at, Moment from, String reason) implements Event {
    public LostSight {
      if (at.isBefore(from)) {
        throw new IllegalArgumentException("at < from");
      }
    }
  }

  /// The agent could not see from `from` to `at`; nothing is claimed about that time.
  record Blind(Moment at, Moment from, Blindness why, String reason) implements Event {
    public Blind {
      if (at.isBefore(from)) {
        throw new IllegalArgumentException("at < from");
      }
    }

    /// Of an agent that did not run.
    public Blind(Moment at, Moment from, String reason) {
      this(at, from, Blindness.NOT_RUNNING, reason);
    }

    static Blind withoutNetwork(Moment at, Moment from) {
      return new Blind(at, from, Blindness.NETWORK, "no witness answered");
    }

    public Duration length() {
      return from.until(at);
    }
  }

  /// Somebody set the wall clock: forward, or back where `by` is negative. No duration follows it.
  record ClockSet(Moment at, Duration by) implements Event {}

  /// Somebody said something. It belongs to the outage with the id `incident`, as was decided when
  /// it was heard; where that is empty none was open, and the next may take it over.
  record Claimed(Moment at, String incident, Claim claim) implements Event {
    boolean isIn(Collection<Claimed> others) {
      return others.stream().anyMatch(each -> each.claim.key().equals(claim.key()));
    }
  }

  /// How a new answer spreads from the authorities of `name`, which is that of a lookup, with the
  /// type where the lookup has several.
  sealed interface Dns extends Event {
    String name();

    /// The lookup's own name.
    default String lookup() {
      int end = name().indexOf(' ');
      return end < 0 ? name() : name().substring(0, end);
    }
  }

  /// The TTL in seconds with which the authorities publish one link of the name, from now on.
  record DnsTtl(Moment at, String name, String link, int ttl) implements Dns {}

  /// Somebody says that the name was changed then; `actor` is who, empty if that is not told.
  record DnsClaimed(Moment at, String name, Moment claimed, String actor) implements Dns {}

  /// An authority answers anew.
  record DnsChanged(
      Moment at, String name, Bounds changed, List<String> oldRecords, List<String> newRecords)
      implements Dns {}

  /// This authority answers anew.
  record DnsPublished(Moment at, String name, String server, Bounds published) implements Dns {}

  /// When the last cache will flip, which one by which link; `firm` once every authority is new;
  /// nothing is known of the resolvers in `unknown`.
  record DnsForetold(
      Moment at,
      String name,
      Bounds last,
      String server,
      String link,
      boolean firm,
      List<String> unknown)
      implements Dns {}

  /// A cache has given up the old answer; `cache` is its name for itself, empty where the
  /// resolver's address has but one.
  record DnsFlipped(Moment at, String name, String server, String cache, Bounds flipped)
      implements Dns {}

  /// A cache that had flipped gives the old answer again.
  record DnsReverted(Moment at, String name, String server, String cache) implements Dns {}

  /// Every cache has flipped.
  record DnsConverged(Moment at, String name, Bounds converged) implements Dns {}

  /// How a resolver treated the change: in one word, and in a sentence.
  record DnsVerdict(Moment at, String name, String server, String verdict, String text)
      implements Dns {}

  /// No authority answers any more.
  record DnsUnreachable(Moment at, String name, Bounds since) implements Dns {}

  /// Authorities answer again.
  record DnsReachable(Moment at, String name, Bounds since) implements Dns {}

  /// A resolver still fails, or gives ended answers, long after the authorities answer again.
  record DnsLagging(Moment at, String name, String server) implements Dns {}

  /// A resolver is well again after an outage of the authorities.
  record DnsRecovered(Moment at, String name, String server, Bounds recovered) implements Dns {}
}
