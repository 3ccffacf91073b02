package dev.allclear.probes.expect;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds one answer against what its step expects, then takes the captures out of it. Used on the
/// run's thread.
public final class Checks {

  private static final Expectation SUCCESS = Expectation.status("2xx");

  /// Each costs time whenever text is masked.
  private static final int MOST_HIDDEN = 100;

  private final Reading reading;
  private final Values values;
  private final Mask mask;
  private final Wording wording;
  private final List<Capture> captures;
  private final EnumMap<Label, String> labels = new EnumMap<>(Label.class);

  /// `labels` says where the answer's labels stand.
  public Checks(
      Answer answer, Values values, Mask mask, List<Capture> captures, Map<Label, Source> labels) {
    reading = new Reading(answer);
    this.values = values;
    this.mask = mask;
    this.captures = captures;
    wording = new Wording(values, mask, answer.body().cut());
    // First, so that nothing shows the secret that this very answer brought.
    captures.stream().filter(Capture::secret).forEach(this::hide);
    labels.forEach(this::label);
  }

  /// Evaluates all of the expectations, and captures nothing.
  public Judgement hold(List<Expectation> expectations) {
    Inspection inspection = new Inspection(reading, values, wording, labels);
    List<Expectation> broken = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Expectation expectation : withStatus(expectations)) {
      List<Finding> found = inspection.of(expectation);
      findings.addAll(found);
      if (!found.stream().allMatch(Finding::holds)) {
        broken.add(expectation);
      }
    }
    return new Judgement(outcome(broken, findings), findings, shownLabels());
  }

  /// Evaluates all of the expectations, and captures if they hold.
  public Judgement judge(List<Expectation> expectations) {
    Judgement held = hold(expectations);
    return held.outcome().isPass()
        ? new Judgement(capture(held.outcome()), held.findings(), held.labels())
        : held;
  }

  private static List<Expectation> withStatus(List<Expectation> expectations) {
    return expectations.stream().anyMatch(Expectation.Status.class::isInstance)
        ? expectations
        : Stream.concat(Stream.of(SUCCESS), expectations.stream()).toList();
  }

  private static Outcome outcome(List<Expectation> broken, List<Finding> findings) {
    if (broken.isEmpty()) {
      return Outcome.pass();
    }
    String complaints =
        findings.stream()
            .filter(finding -> !finding.holds())
            .map(Finding::complaint)
            .collect(Collectors.joining("; "));
    if (broken.stream().allMatch(Expectation.Within.class::isInstance)) {
      return Outcome.slow(complaints);
    }
    return Outcome.fail(
        broken.stream().anyMatch(Expectation.Status.class::isInstance)
            ? Cause.STATUS
            : Cause.ASSERTION,
        complaints);
  }

  /// Whatever the shape of what is found: what cannot be captured is told of.
  private void hide(Capture capture) {
    if (reading.find(capture.source()) instanceof Found.Values(var several, boolean _)) {
      leaves(several).limit(MOST_HIDDEN).forEach(mask::hide);
    }
  }

  private static Stream<String> leaves(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.values().stream().flatMap(Checks::leaves);
      case List<?> list -> list.stream().flatMap(Checks::leaves);
      case null -> Stream.empty();
      default -> Stream.of(value.toString());
    };
  }

  private void label(Label label, Source source) {
    String value = text(reading.find(source));
    if (value != null) {
      labels.put(label, value);
    }
  }

  private Map<Label, String> shownLabels() {
    Map<Label, String> shown = new EnumMap<>(labels);
    shown.replaceAll((_, value) -> mask.value(value));
    return shown;
  }

  private Outcome capture(Outcome held) {
    List<String> missing = new ArrayList<>();
    for (Capture capture : captures) {
      Found found = reading.find(capture.source());
      String value = text(found);
      if (value == null) {
        missing.add("cannot capture %s: %s".formatted(capture.variable(), why(capture, found)));
      } else {
        values.put(capture.variable(), value);
      }
    }
    return missing.isEmpty() ? held : Outcome.fail(Cause.EXTRACT, String.join("; ", missing));
  }

  private String why(Capture capture, Found found) {
    String subject = wording.subject(capture.source());
    String scope = wording.scope(capture.source());
    return switch (found) {
      case Found.Unreadable(String why) -> wording.plain(why) + scope;
      case Found.Missing(String is) -> subject + " " + wording.plain(is) + scope;
      case Found.Values(var several, boolean _) when several.size() != 1 ->
          subject + " leads to " + several.size() + " values";
      case Found.Values one -> subject + " is " + wording.shown(one.whole()) + ", no single value";
    };
  }

  /// The one string, number or boolean that was found, or null. Found several times, as the token
  /// of each form in a page, it is still one.
  private static @Nullable String text(Found found) {
    if (!(found instanceof Found.Values(var several, boolean _))) {
      return null;
    }
    List<@Nullable Object> distinct = several.stream().distinct().toList();
    return distinct.size() == 1 ? text(distinct.getFirst()) : null;
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean truth -> truth.toString();
      case Number number -> Figure.text(number);
      case null, default -> null;
    };
  }
}
