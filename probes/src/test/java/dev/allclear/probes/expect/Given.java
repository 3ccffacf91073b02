package dev.allclear.probes.expect;

import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An answer in the making, and what is to be found of it.
final class Given {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final Mask mask = new Mask();
  final Values values = new Values(() -> new Moment(NOW, 0, 1), new SplittableRandom(1), mask);
  private final List<Answer.Header> headers = new ArrayList<>();
  private final Map<String, String> cookies = new HashMap<>();
  private final Map<Label, Source> labels = new HashMap<>();
  private final String body;
  private Answer.Wire wire =
      new Answer.Wire("192.0.2.7", "http/1.1", null, Duration.ofMillis(1200), NOW);
  private boolean cut;
  private @Nullable String location;

  private Given(String body) {
    this.body = body;
  }

  static Given body(String text) {
    return new Given(text);
  }

  static Template text(String text) {
    return Template.parse(text, _ -> null);
  }

  Given header(String name, String value) {
    headers.add(new Answer.Header(name, value));
    return this;
  }

  Given cookie(String name, String value) {
    cookies.put(name, value);
    return this;
  }

  Given location(String url) {
    location = url;
    return this;
  }

  Given wire(Answer.Wire other) {
    wire = other;
    return this;
  }

  Given cut() {
    cut = true;
    return this;
  }

  Given label(Label label, Source source) {
    labels.put(label, source);
    return this;
  }

  Checks checks(Capture... captures) {
    Answer answer =
        Answer.of(200, headers, new Answer.Body(body, body.length(), cut), wire)
            .withCookies(cookies)
            .redirecting(location);
    return new Checks(answer, values, mask, List.of(captures), labels);
  }

  Judgement judge(Expectation... expectations) {
    return checks().judge(List.of(expectations));
  }

  /// What is wrong, or "holds".
  String complaint(Expectation expectation) {
    List<Finding> findings = judge(expectation).findings();
    String complaints =
        findings.stream()
            .filter(finding -> !finding.holds())
            .map(Finding::complaint)
            .collect(Collectors.joining("; "));
    return complaints.isEmpty() ? "holds" : complaints;
  }

  /// What is captured, or why nothing is.
  String captured(Source source) {
    return switch (checks(new Capture("x", source, false)).judge(List.of()).outcome()) {
      case Outcome.Failed(var _, String detail) -> detail;
      case Outcome.Passed _, Outcome.Slow _, Outcome.Inconclusive _ ->
          values.known().getOrDefault("x", "");
    };
  }
}
