package dev.allclear.probes.dns;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far the newest change of one name has spread, as seen from one vantage: a pure fold over the
/// observations of one probe, in their order. The reference, an authority if there is one, says
/// what is new. A server that fails to answer keeps what it said last, so its interval widens.
public record Propagation(
    String reference, List<String> servers, Map<String, Said> said, @Nullable Changed changed) {

  /// What a server said last, when it was last asked while saying so, when its first answer of this
  /// kind had arrived, and when it was last asked while it said something else: null while it never
  /// did.
  public record Said(List<String> records, Moment asked, Moment first, @Nullable Moment otherwise) {

    private static Said next(@Nullable Said last, StepRun step, List<String> records) {
      if (last == null) {
        return new Said(records, step.begin(), step.end(), null);
      }
      if (step.end().isBefore(last.asked)) {
        return last;
      }
      return last.records.equals(records)
          ? new Said(records, step.begin(), last.first, last.otherwise)
          : new Said(records, step.begin(), step.end(), last.asked);
    }
  }

  /// What one observation brought to light.
  public sealed interface Change permits Changed, Flipped, Reverted, Converged {}

  /// The reference began to say something else; the measurement starts anew.
  public record Changed(Bounds at, List<String> from, List<String> to) implements Change {}

  /// A server began to say what the reference says.
  public record Flipped(String server, Bounds at) implements Change {}

  /// A server that had flipped said the old again, so its interval is open once more.
  public record Reverted(String server, Bounds at) implements Change {}

  /// Every server says what the reference says, since the last of them flipped.
  public record Converged(Bounds at) implements Change {}

  /// The state after an observation, and what changed with it.
  public record Step(Propagation state, List<Change> changes) {}

  public Propagation {
    servers = List.copyOf(servers);
    said = Map.copyOf(said);
  }

  /// Nothing is known yet: the first answer of each server is where it starts from.
  public static Propagation of(List<Server> servers) {
    Server reference =
        servers.stream().filter(Server::authority).findFirst().orElse(servers.getFirst());
    List<String> names = servers.stream().map(Server::name).toList();
    return new Propagation(reference.name(), names, Map.of(), null);
  }

  /// Takes up a change that had not converged when its record ended. A server that had not flipped
  /// by then may have done so at any time since the change.
  public static Propagation resume(
      List<Server> servers, Changed changed, Map<String, Bounds> flips) {
    Propagation fresh = of(servers);
    Map<String, Said> said = new LinkedHashMap<>();
    Said old = new Said(changed.from, changed.at.earliest(), changed.at.earliest(), null);
    fresh.servers.forEach(server -> said.put(server, old));
    said.put(fresh.reference, since(changed, changed.at));
    flips.forEach((server, flip) -> said.put(server, since(changed, flip)));
    return new Propagation(fresh.reference, fresh.servers, said, changed);
  }

  private static Said since(Changed changed, Bounds flip) {
    return new Said(changed.to, flip.latest(), flip.latest(), flip.earliest());
  }

  /// False also while no change has been seen.
  public boolean converged() {
    return changed != null
        && servers.stream()
            .map(said::get)
            .allMatch(last -> last != null && last.records.equals(changed.to));
  }

  /// When this server began to say what is new; null if it does not yet, or did before the change.
  /// One that was not heard before cannot have known the new any earlier than the reference.
  public @Nullable Bounds flip(String server) {
    Said last = said.get(server);
    if (changed == null || last == null || !last.records.equals(changed.to)) {
      return null;
    }
    Moment earliest = changed.at.earliest();
    if (last.first.isBefore(earliest)) {
      return null;
    }
    return Bounds.between(last.otherwise == null ? earliest : last.otherwise, last.first);
  }

  public Step next(Observation observation) {
    Map<String, Said> now = new LinkedHashMap<>(said);
    for (StepRun step : observation.steps()) {
      if (servers.contains(step.name())
          && step.reply() instanceof Reply.Dns answer
          && answer.rcode().equals("NOERROR")) {
        now.put(step.name(), Said.next(said.get(step.name()), step, answer.records()));
      }
    }
    Changed turn = turn(now.get(reference));
    Propagation next = new Propagation(reference, servers, now, turn == null ? changed : turn);
    return new Step(next, next.changesSince(this, turn));
  }

  private @Nullable Changed turn(@Nullable Said now) {
    Said before = said.get(reference);
    if (before == null || now == null || before.records.equals(now.records)) {
      return null;
    }
    return new Changed(Bounds.between(before.asked, now.first), before.records, now.records);
  }

  private List<Change> changesSince(Propagation before, @Nullable Changed turn) {
    List<Change> changes = new ArrayList<>();
    if (changed == null) {
      return changes;
    }
    if (turn != null) {
      changes.add(turn);
    }
    for (String server : servers) {
      if (!server.equals(reference)) {
        Bounds earlier = turn == null ? before.flip(server) : null;
        changes.addAll(changes(server, earlier, changed.from));
      }
    }
    if (converged() && (turn != null || !before.converged())) {
      changes.add(new Converged(end(changed)));
    }
    return changes;
  }

  private List<Change> changes(String server, @Nullable Bounds earlier, List<String> old) {
    Bounds flip = flip(server);
    if (earlier == null) {
      return flip == null ? List.of() : List.of(new Flipped(server, flip));
    }
    Said last = said.get(server);
    return last != null && last.otherwise != null && last.records.equals(old)
        ? List.of(new Reverted(server, Bounds.between(last.otherwise, last.first)))
        : List.of();
  }

  private Bounds end(Changed change) {
    Bounds end = change.at;
    for (String server : servers) {
      Bounds flip = flip(server);
      end = flip == null ? end : Bounds.later(end, flip);
    }
    return end;
  }
}
