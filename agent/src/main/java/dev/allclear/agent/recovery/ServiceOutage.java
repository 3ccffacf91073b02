package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An outage of a service as a whole, made of those of its target regions that overlap: in enough
/// of them it was down at once. `incidents` are the oldest first, `regions` all that there are;
/// `restored` and `verified` are null while enough are down. Computed anew from the regions'
/// outages whenever it is asked for.
public record ServiceOutage(
    String service,
    DownWhen downWhen,
    List<String> regions,
    List<Incident> incidents,
    Bounds onset,
    Moment detected,
    @Nullable Bounds restored,
    @Nullable Moment verified) {

  /// In so many regions it is not down, from then on.
  public record Point(Moment at, int up) {}

  /// A region that was down, and when it was verified.
  public record Region(String name, Moment verified) {}

  public ServiceOutage {
    regions = List.copyOf(regions);
    incidents = List.copyOf(incidents);
  }

  /// Of one service, oldest first; none of a service with one region. `all` are the outages of
  /// every service, in any order.
  public static List<ServiceOutage> of(String service, Expected expected, List<Incident> all) {
    List<Incident> own =
        all.stream()
            .filter(incident -> incident.cell().service().equals(service))
            .filter(incident -> !incident.cell().region().equals(Cell.GLOBAL))
            .sorted(Comparator.comparing(ServiceOutage::begin))
            .toList();
    List<ServiceOutage> outages = new ArrayList<>();
    for (List<Incident> group : groups(own)) {
      of(service, expected, regions(expected, own), group).ifPresent(outages::add);
    }
    return List.copyOf(outages);
  }

  /// The one that an outage of a region belongs to.
  public static Optional<ServiceOutage> of(
      Incident incident, Expected expected, List<Incident> all) {
    return of(incident.cell().service(), expected, all).stream()
        .filter(each -> each.incidents.stream().anyMatch(one -> one.id().equals(incident.id())))
        .findFirst();
  }

  /// Those there are now, and those there have been.
  private static List<String> regions(Expected expected, List<Incident> own) {
    TreeSet<String> names = new TreeSet<>(expected.regions());
    own.forEach(incident -> names.add(incident.cell().region()));
    return List.copyOf(names);
  }

  /// Each begins before one earlier was closed.
  private static List<List<Incident>> groups(List<Incident> sorted) {
    List<List<Incident>> groups = new ArrayList<>();
    for (Incident incident : sorted) {
      boolean joins =
          !groups.isEmpty()
              && groups.getLast().stream()
                  .anyMatch(each ->
                      each.isOpen() || begin(incident).isBefore(each.closed().orElseThrow()));
      if (!joins) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(incident);
    }
    return groups;
  }

  /// One that nobody saw begin is not older than all others.
  private static Moment begin(Incident incident) {
    Bounds onset = incident.onset();
    return onset.earliest().equals(Moment.UNBOUNDED) ? onset.latest() : onset.earliest();
  }

  private static Optional<ServiceOutage> of(
      String service, Expected expected, List<String> regions, List<Incident> group) {
    Overlap overlap = overlap(group, expected.downWhen().regions(regions.size()));
    Moment detected = overlap.detected();
    if (regions.size() < 2 || detected == null) {
      return Optional.empty();
    }
    Moment verified = overlap.verified();
    return Optional.of(
        new ServiceOutage(
            service,
            expected.downWhen(),
            regions,
            group,
            overlap.onset(),
            detected,
            verified == null ? null : overlap.restored(),
            verified));
  }

  private static Overlap overlap(List<Incident> incidents, int needed) {
    return new Overlap(incidents.stream().flatMap(Overlap.Down::of).toList(), needed);
  }

  private int needed() {
    return downWhen.regions(regions.size());
  }

  /// Final only when so many can no longer relapse.
  public boolean isOpen() {
    long open =
        downs()
            .filter(incident -> incident.isOpen())
            .map(incident -> incident.cell().region())
            .distinct()
            .count();
    return open >= needed();
  }

  private Stream<Incident> downs() {
    return incidents.stream().filter(incident -> Overlap.Down.of(incident).findAny().isPresent());
  }

  /// One that somebody injected or planned excuses none that came by itself.
  public Kind kind() {
    return downs().map(Incident::kind).min(Comparator.naturalOrder()).orElse(Kind.OUTAGE);
  }

  /// That of its regions, which is one.
  public Rto rto() {
    return incidents.getLast().objective();
  }

  /// M1: onset to detected.
  public Span detection() {
    return onset.until(Bounds.at(detected));
  }

  public Optional<Span> downtime() {
    return Optional.ofNullable(restored).map(onset::until);
  }

  /// The service's Recovery Time Actual, as its objective counts it, up to `now` while not
  /// verified.
  public Span recoveryTime(Moment now) {
    Moment end = verified == null ? now : verified;
    Bounds declared =
        incidents.stream()
            .flatMap(incident -> incident.declared().stream())
            .reduce(Bounds::earlier)
            .orElse(null);
    return rto().start(onset, detected, declared, end).until(Bounds.at(end));
  }

  public Verdict verdict(Moment now) {
    Duration target = rto().target();
    return isOpen() || verified == null
        ? Verdict.ofOpen(recoveryTime(now), target)
        : Verdict.of(recoveryTime(now), target);
  }

  /// The regions that were down and are verified, in the order of that.
  public List<Region> verifiedRegions() {
    return incidents.stream()
        .flatMap(Overlap.Down::of)
        .filter(down -> down.verified() != null)
        .map(down -> new Region(down.region(), Objects.requireNonNull(down.verified())))
        .sorted(Comparator.comparing(Region::verified))
        .toList();
  }

  /// In how many regions it was not down, each time that this changed, as was decided.
  public List<Point> curve() {
    Overlap overlap = overlap(incidents, needed());
    return overlap.downs().stream()
        .flatMap(down -> Stream.of(down.detected(), down.verified()).filter(Objects::nonNull))
        .distinct()
        .sorted()
        .map(moment -> new Point(moment, regions.size() - overlap.at(moment)))
        .toList();
  }
}
