package dev.allclear.probes.expect;

import dev.allclear.probes.Figures;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes findings of one answer and what is expected of it. Used on the run's thread.
final class Inspection {

  private final Reading reading;
  private final Answer answer;
  private final Values values;
  private final Wording wording;
  private final Map<Label, String> labels;

  Inspection(Reading reading, Values values, Wording wording, Map<Label, String> labels) {
    this.reading = reading;
    answer = reading.answer();
    this.values = values;
    this.wording = wording;
    this.labels = labels;
  }

  List<Finding> of(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Value(Source source, List<Predicate> predicates) ->
          values(source, predicates);
      case Expectation.Status status -> List.of(status(status));
      case Expectation.Size(Limits limits) -> List.of(size(limits));
      case Expectation.Within(Duration limit) -> List.of(within(limit));
      case Expectation.Protocol(String name) -> List.of(protocol(name));
      case Expectation.Tls tls -> new TlsInspection(answer.wire()).of(tls);
      case Expectation.Remote(List<Network> networks) -> List.of(remote(networks));
      case Expectation.Labelled(Label label, Template value) ->
          List.of(label(label, values.render(value)));
      case Expectation.Condition(Cel cel) -> List.of(condition(cel));
      case Expectation.Schema(JsonSchema schema) -> List.of(schema(schema));
    };
  }

  private List<Finding> values(Source source, List<Predicate> predicates) {
    Wording own = wording.of(source);
    Judge judge = new Judge(own, new Contradictions(values, own, answer.wire().end()));
    Found found = reading.find(source);
    return predicates.stream().map(predicate -> judge.judge(source, predicate, found)).toList();
  }

  private Finding status(Expectation.Status expected) {
    return Finding.of(
        expected.allows(answer.status()),
        "status " + expected,
        String.valueOf(answer.status()),
        "status %d, expected %s".formatted(answer.status(), expected));
  }

  private Finding size(Limits limits) {
    String bytes = (answer.body().cut() ? "more than " : "") + answer.body().size() + " bytes";
    return Finding.of(
        limits.allows(answer.body().size() + (answer.body().cut() ? 1 : 0)),
        "body of " + limits + " bytes",
        bytes,
        "body has %s, expected %s".formatted(bytes, limits));
  }

  private Finding within(Duration limit) {
    Duration took = answer.wire().took();
    return Finding.of(
        took.compareTo(limit) <= 0,
        "answer within " + Figures.length(limit),
        Figures.length(took),
        "took %s, expected at most %s".formatted(Figures.length(took), Figures.length(limit)));
  }

  private Finding protocol(String name) {
    String protocol = answer.wire().protocol();
    return Finding.of(
        protocol.equals(name),
        "protocol " + name,
        protocol,
        "protocol is %s, expected %s".formatted(protocol, name));
  }

  private Finding remote(List<Network> networks) {
    String remote = answer.wire().remote();
    String expected = networks.stream().map(Network::toString).collect(Collectors.joining(" or "));
    return Finding.of(
        !remote.isEmpty()
            && networks.stream().anyMatch(some -> some.contains(InetAddress.ofLiteral(remote))),
        "remote address in " + expected,
        remote,
        "remote address is %s, expected one in %s"
            .formatted(remote.isEmpty() ? "not known" : remote, expected));
  }

  private Finding label(Label label, String wanted) {
    String actual = labels.get(label);
    String is = actual == null ? "missing" : wording.shown(actual);
    return Finding.of(
        wanted.equals(actual),
        label.label() + " " + wording.shown(wanted),
        is,
        "%s is %s, expected %s".formatted(label.label(), is, wording.shown(wanted)));
  }

  private Finding schema(JsonSchema schema) {
    String expected = "body fits " + wording.plain(schema.toString());
    Document json = reading.json();
    if (json == null) {
      return new Finding(
          expected, "body is no JSON", "body is no JSON, expected it to fit " + schema);
    }
    String problems =
        schema.problems(json.root()).stream().map(wording::plain).collect(Collectors.joining(", "));
    return Finding.of(
        problems.isEmpty(),
        expected,
        problems.isEmpty() ? "it does" : problems,
        "body does not fit %s: %s".formatted(schema, problems));
  }

  private Finding condition(Cel cel) {
    String expression = wording.plain(cel.toString());
    Document json = cel.readsJson() ? reading.json() : null;
    if (cel.readsJson() && json == null) {
      return new Finding(expression, "body is no JSON", "body is no JSON, expected " + expression);
    }
    return switch (cel.evaluate(names(json))) {
      case Cel.Result.Is(boolean is) ->
          Finding.of(is, expression, String.valueOf(is), expression + " is false");
      case Cel.Result.Failed(String why) ->
          new Finding(expression, wording.plain(why), expression + ": " + wording.plain(why));
    };
  }

  private Map<String, @Nullable Object> names(@Nullable Document json) {
    Map<String, @Nullable Object> names = new HashMap<>();
    names.put("status", answer.status());
    names.put("headers", headers());
    names.put("body", answer.body().text());
    names.put("vars", values.known());
    names.put("took", answer.wire().took().toNanos() / 1e9);
    if (json != null) {
      names.put("json", json.root());
    }
    return names;
  }

  /// By names in small letters.
  private Map<String, String> headers() {
    return answer.headers().stream()
        .collect(
            Collectors.toMap(
                header -> header.name().toLowerCase(Locale.ROOT),
                Answer.Header::value,
                (first, second) -> first + ", " + second));
  }
}
