package dev.allclear.agent.cli;

import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.Delegation;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Security;
import dev.allclear.probes.dns.Survey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A survey of one name as JSON.
final class SurveyJson {
  private SurveyJson() {}

  static JsonObject of(DnsReport report) {
    Survey survey = report.survey();
    DnsObjective objective = report.objective();
    JsonObject json =
        new JsonObject()
            .put("name", name(survey))
            .put("agree", survey.agreed())
            .put("pass", survey.outcome().isPass())
            .put("findings", survey.findings())
            .put("answers", ObservationJson.steps(survey.steps()));
    if (survey.delegation() != null) {
      json.put("delegation", delegation(survey.delegation()));
    }
    if (!report.views().isEmpty()) {
      json.put("views", DnsViews.json(report.views()));
    }
    if (report.security() != null) {
      json.put("security", security(report.security()));
    }
    return objective == null ? json : json.put("objective", objective(objective));
  }

  /// As in `shop.example A AAAA`.
  private static String name(Survey survey) {
    List<Question> asked = survey.answers().stream().map(Survey.Answers::question).toList();
    return asked.getFirst().name()
        + asked.stream().map(each -> " " + each.type()).collect(Collectors.joining());
  }

  private static JsonObject delegation(Delegation found) {
    return new JsonObject()
        .put("zone", found.zone())
        .put("by", found.by().isEmpty() ? null : found.by())
        .put("parent", lines(found.parent()))
        .put("glue", lines(found.glue()))
        .put("child", lines(found.child()))
        .put("own", lines(found.own()))
        .put("ds", lines(found.ds()))
        .put("move", found.move().toSeconds());
  }

  private static List<JsonObject> lines(List<Heard.Line> lines) {
    return lines.stream().map(HeardJson::line).toList();
  }

  private static JsonObject security(Security security) {
    Duration left = security.left();
    return new JsonObject()
        .put("zone", security.zone())
        .put("broken", security.isBroken())
        .put("algorithms", security.algorithms())
        .put("ds", security.ds())
        .put("denial", security.denial().isEmpty() ? null : security.denial())
        .put("signaturesLeft", left == null ? null : left.toSeconds())
        .put("validating", security.validating())
        .put("trusting", security.trusting())
        .put("faults", security.faults())
        .put("advice", security.advice());
  }

  private static JsonObject objective(DnsObjective objective) {
    Duration missing = objective.missing();
    Duration negative = objective.negative();
    Moment ready = objective.ready();
    return new JsonObject()
        .put("rto", objective.goal().rto().toSeconds())
        .put("verdict", objective.word())
        .put("worst", objective.worst().toSeconds())
        .put("published", objective.published().toSeconds())
        .put("ready", ready == null ? null : ready.wall())
        .put("missing", missing == null ? null : missing.toSeconds())
        .put("negative", negative == null ? null : negative.toSeconds())
        .put("limit", objective.limit().name())
        .put("sentences", objective.sentences());
  }
}
