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

  private final Reading reading;
  private final Values values;
  private final Mask mask;
  private final Wording wording;
  private final List<Expectation> broken = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  public Checks(Answer answer, Values values, Mask mask) {
    reading = new Reading(answer);
    this.values = values;
    this.mask = mask;
    wording = new Wording(values, mask, answer.body().cut());
  }

  /// All expectations are evaluated; variables are set only if all of them hold.
  public Judgement judge(
      List<Expectation> expectations, List<Capture> captures, Map<Label, Source> labels) {
    // First, so that nothing shows the secret that this very answer brought.
    captures.stream().filter(Capture::secret).forEach(this::hide);
    Map<Label, String> borne = borne(labels);
    Inspection inspection = new Inspection(reading, values, wording, borne);
    for (Expectation expectation : withStatus(expectations)) {
      List<Finding> found = inspection.of(expectation);
      findings.addAll(found);
      if (!found.stream().allMatch(Finding::holds)) {
        broken.add(expectation);
      }
    }
    return new Judgement(outcome(captures), findings, borne);
  }

  private static List<Expectation> withStatus(List<Expectation> expectations) {
    return expectations.stream().anyMatch(Expectation.Status.class::isInstance)
        ? expectations
        : Stream.concat(Stream.of(SUCCESS), expectations.stream()).toList();
  }

  private Outcome outcome(List<Capture> captures) {
    boolean failed = !broken.stream().allMatch(Expectation.Within.class::isInstance);
    String complaints =
        findings.stream()
            .filter(finding -> !finding.holds())
            .map(Finding::complaint)
            .collect(Collectors.joining("; "));
    if (failed) {
      return Outcome.fail(cause(), complaints);
    }
    List<String> missing = capture(captures);
    if (!missing.isEmpty()) {
      return Outcome.fail(Cause.EXTRACT, String.join("; ", missing));
    }
    return broken.isEmpty() ? Outcome.pass() : Outcome.slow(complaints);
  }

  private Cause cause() {
    return broken.stream().anyMatch(Expectation.Status.class::isInstance)
        ? Cause.STATUS
        : Cause.ASSERTION;
  }

  private void hide(Capture capture) {
    String value = text(reading.find(capture.source()));
    if (value != null) {
      mask.hide(value);
    }
  }

  private Map<Label, String> borne(Map<Label, Source> labels) {
    Map<Label, String> borne = new EnumMap<>(Label.class);
    labels.forEach((label, source) -> {
      String value = text(reading.find(source));
      if (value != null) {
        borne.put(label, value);
      }
    });
    return borne;
  }

  private List<String> capture(List<Capture> captures) {
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
    return missing;
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

  /// The one string, number or boolean that was found, or null.
  private static @Nullable String text(Found found) {
    return found instanceof Found.Values(var several, boolean _)
            && several.size() == 1
            && (several.getFirst() instanceof String
                || several.getFirst() instanceof Number
                || several.getFirst() instanceof Boolean)
        ? String.valueOf(several.getFirst())
        : null;
  }
}
