package dev.allclear.agent.importer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The steps of a recording, from the first to the last.
final class Walk {
  private static final int MOST_HOPS = 10;
  private static final int MOST_SHOWN = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Entry> entries;
  private final String base;
  private final Weave weave = new Weave();
  private final Redirects redirects;
  private final List<StepDraft> drafts = new ArrayList<>();
  private final Set<String> jar = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private Walk(List<Entry> entries) {
    this.entries = entries;
    base = entries.getFirst().request().url().origin();
    redirects = Redirects.of(entries);
  }

  static Walk of(List<Entry> entries) {
    Walk walk = new Walk(entries);
    for (int i = 0; i < entries.size(); i++) {
      walk.take(i);
    }
    return walk;
  }

  Environment environment() {
    return weave.environment();
  }

  String base() {
    return base;
  }

  private void take(int place) {
    Entry entry = entries.get(place);
    StepDraft draft = new StepDraft(entry.request(), entry.answer());
    if (!redirects.isTarget(place)) {
      draft.keys.putAll(
          StepKeys.of(entry.request(), weave.texts(entry.began(), draft.comments), base));
      cookies(entry.request(), draft);
    }
    entry.answer().cookies().forEach(cookie -> jar.add(cookie.name()));
    weave.answered(draft);
    drafts.add(draft);
  }

  /// Those that no answer had set were there before the recording, or a script set them.
  private void cookies(Request request, StepDraft draft) {
    Map<String, @Nullable Object> cookies =
        CookieKeys.of(
            request.cookies().stream().filter(cookie -> !jar.contains(cookie.name())).toList(),
            environment());
    if (!cookies.isEmpty()) {
      draft.keys.put("cookies", cookies);
      draft.comments.add("No answer of the recording sets these cookies.");
    }
  }

  /// A redirect is followed, as the browser did, unless a later step needs something of the answers
  /// on the way, or it answers something that was sent: where a login leads to is what tells
  /// whether it worked. Then each is a step.
  List<StepDraft> steps() {
    List<StepDraft> steps = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!redirects.isTarget(i)) {
        List<Integer> chain = redirects.from(i);
        steps.addAll(isFollowed(chain) ? List.of(followed(chain)) : oneByOne(chain));
      }
    }
    return steps;
  }

  private boolean isFollowed(List<Integer> chain) {
    return chain.size() > 1
        && chain.size() <= MOST_HOPS
        && chain.stream().limit(chain.size() - 1L).allMatch(i -> drafts.get(i).capture.isEmpty())
        && chain.stream().allMatch(i -> entries.get(i).request().isSafe());
  }

  private StepDraft followed(List<Integer> chain) {
    StepDraft first = drafts.get(chain.getFirst());
    StepDraft last = drafts.get(chain.getLast());
    first.comments.add(
        chain.stream()
            .skip(1)
            .map(i -> shown(entries.get(i).request().url()))
            .collect(Collectors.joining(", then ", "Redirected to ", ".")));
    first.keys.put("redirects", "follow");
    first.capture.putAll(last.capture);
    return finished(first, last, chain);
  }

  private List<StepDraft> oneByOne(List<Integer> chain) {
    List<StepDraft> steps = new ArrayList<>();
    for (int i : chain) {
      StepDraft draft = drafts.get(i);
      if (!steps.isEmpty()) {
        Map<String, @Nullable Object> keys =
            StepKeys.of(draft.request(), weave.redirected(steps.getLast()), base);
        draft.keys.putAll(keys);
      }
      steps.add(finished(draft, draft, List.of(i)));
    }
    return steps;
  }

  private StepDraft finished(StepDraft step, StepDraft answered, List<Integer> chain) {
    Answer answer = answered.answer();
    Duration took =
        chain.stream().map(i -> entries.get(i).took()).reduce(Duration.ZERO, Duration::plus);
    if (took.compareTo(PATIENCE) > 0) {
      step.keys.put("timeout", took.toSeconds() * 2 + "s");
    }
    String title = step.request().isSafe() ? Expected.title(answer) : "";
    String name =
        title.isEmpty()
            ? step.request().method().toLowerCase(Locale.ROOT) + " " + shown(step.request().url())
            : title;
    step.name(Names.free(name, " ", names));
    step.expect.putAll(Expected.of(step.request().method(), answer));
    return step;
  }

  /// Without what changes.
  private String shown(Url url) {
    String path =
        url.segments().stream()
            .map(each -> Look.isToken(each) || Look.isNumber(each) ? "…" : each)
            .collect(Collectors.joining("/"));
    String shown = url.origin().equals(base) ? path : url.host() + path;
    return shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) + "…" : shown;
  }
}
