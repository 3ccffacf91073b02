package dev.allclear.agent.importer;

import dev.allclear.agent.importer.Texts.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Chooses the entries of a recording that become steps: what the sites that were visited were
/// asked for, and what these requests needed from elsewhere.
final class Selection {
  private static final int MOST_HOSTS = 8;

  private final List<Entry> kept = new ArrayList<>();
  private final Map<Kind, Integer> leftOut = new EnumMap<>(Kind.class);
  private final Map<String, Integer> foreign = new TreeMap<>();

  private Selection() {}

  static Selection of(List<Entry> entries) {
    Selection selection = new Selection();
    List<Entry> candidates = new ArrayList<>();
    for (Entry entry : entries) {
      Kind kind = Kind.of(entry);
      if (kind == null) {
        candidates.add(entry);
      } else {
        selection.leaveOut(kind);
      }
    }
    selection.choose(candidates);
    return selection;
  }

  List<Entry> kept() {
    return kept;
  }

  /// One line for each reason.
  List<String> leftOut() {
    List<String> lines = new ArrayList<>();
    leftOut.forEach((kind, count) ->
        lines.add(count + " " + kind.description() + (kind == Kind.FOREIGN ? hosts() : "")));
    return lines;
  }

  private String hosts() {
    String hosts =
        foreign.entrySet().stream()
            .limit(MOST_HOSTS)
            .map(host -> host.getKey() + " (" + host.getValue() + ")")
            .collect(Collectors.joining(", "));
    return ": " + hosts + (foreign.size() > MOST_HOSTS ? ", …" : "");
  }

  private void leaveOut(Kind kind) {
    leftOut.merge(kind, 1, Integer::sum);
  }

  private void choose(List<Entry> candidates) {
    Set<Site> visited = visited(candidates);
    Set<Entry> wanted =
        candidates.stream()
            .filter(entry -> visited.contains(siteOf(entry)))
            .collect(Collectors.toCollection(HashSet::new));
    while (wanted.size() < candidates.size() && addGivers(candidates, wanted)) {}
    for (Entry entry : candidates) {
      if (!wanted.contains(entry)) {
        leaveOut(Kind.FOREIGN);
        foreign.merge(entry.request().url().host(), 1, Integer::sum);
      } else if (!kept.isEmpty() && isSame(kept.getLast(), entry)) {
        leaveOut(Kind.REPEATED);
      } else {
        kept.add(entry);
      }
    }
  }

  /// Where the window went.
  private static Set<Site> visited(List<Entry> entries) {
    Set<Site> visited =
        entries.stream()
            .filter(Entry::isNavigation)
            .map(Selection::siteOf)
            .collect(Collectors.toCollection(HashSet::new));
    if (visited.isEmpty()) {
      entries.stream()
          .filter(entry -> entry.answer().isHtml())
          .findFirst()
          .or(() -> entries.stream().findFirst())
          .map(Selection::siteOf)
          .ifPresent(visited::add);
    }
    return visited;
  }

  private static Site siteOf(Entry entry) {
    return Site.of(entry.request().url().host());
  }

  /// Adds the entries that gave tokens to those wanted so far, and the targets of their redirects.
  private static boolean addGivers(List<Entry> candidates, Set<Entry> wanted) {
    Set<Entry> found = new HashSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      Entry entry = candidates.get(i);
      if (!wanted.contains(entry)) {
        continue;
      }
      List<Entry> earlier = candidates.subList(0, i);
      for (String token : tokens(entry.request())) {
        Predicate<Entry> gave = giver -> gave(giver.answer(), token);
        if (earlier.stream().filter(wanted::contains).noneMatch(gave)) {
          earlier.reversed().stream().filter(gave).findFirst().ifPresent(found::add);
        }
      }
      String location = entry.answer().location();
      Url target = location == null ? null : entry.request().url().resolve(location);
      candidates.subList(i + 1, candidates.size()).stream()
          .filter(next -> next.request().url().equals(target))
          .findFirst()
          .ifPresent(found::add);
    }
    return wanted.addAll(found);
  }

  private static boolean gave(Answer answer, String token) {
    return answer.body().contains(token)
        || answer.headers().stream().anyMatch(header -> header.value().contains(token));
  }

  private static Set<String> tokens(Request request) {
    Set<String> tokens = new HashSet<>();
    StepKeys.of(request, new Collecting(tokens), "");
    return tokens;
  }

  /// Changes nothing.
  private record Collecting(Set<String> tokens) implements Texts {
    @Override
    public String of(Place place, String name, String value) {
      if (Look.isToken(value)) {
        tokens.add(value);
      }
      return value;
    }

    @Override
    public String secret(String name, String value) {
      return of(Place.HEADER, name, value);
    }

    @Override
    public @Nullable String of(Url url) {
      return null;
    }

    @Override
    public void note(String comment) {}
  }

  private static List<String> authorization(Entry entry) {
    return Pair.values(entry.request().headers(), "Authorization").toList();
  }

  private static boolean isSame(Entry one, Entry other) {
    return one.request().isSafe()
        && one.request().method().equals(other.request().method())
        && one.request().url().equals(other.request().url())
        && authorization(one).equals(authorization(other))
        && one.answer().status() == other.answer().status();
  }
}
