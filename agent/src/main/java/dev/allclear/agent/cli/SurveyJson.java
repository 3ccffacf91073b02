package dev.allclear.agent.cli;

import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Heard;
import dev.allclear.probes.dns.Delegation;
import dev.allclear.probes.dns.Question;
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
    return objective == null ? json : json.put("objective", objective(objective));
  }

  /// As in `shop.example A AAAA`.
  private static String name(Survey survey) {
    List<Question> asked = survey.answers().stream().map(Survey.Answers::question).toList();
    return asked.getFirst().name()
        + asked.stream().map(each -> " " + each.type()).collect(Collectors.joining());
  }

  private static JsonObject delegation(Delegation found) {
    Duration ds = found.ds();
    return new JsonObject()
        .put("zone", found.zone())
        .put("by", found.by().isEmpty() ? null : found.by())
        .put("parent", lines(found.parent()))
        .put("glue", lines(found.glue()))
        .put("child", lines(found.child()))
        .put("dsTtl", ds == null ? null : ds.toSeconds())
        .put("move", found.move().toSeconds());
  }

  private static List<JsonObject> lines(List<Heard.Line> lines) {
    return lines.stream().map(HeardJson::line).toList();
  }

  private static JsonObject objective(DnsObjective objective) {
    return new JsonObject()
        .put("rto", objective.rto().toSeconds())
        .put("verdict", objective.word())
        .put("worst", objective.worst().toSeconds())
        .put("limit", objective.limit().name())
        .put("sentences", objective.sentences());
  }
}
