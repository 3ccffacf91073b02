package dev.allclear.agent.cli;

import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Heard;
import org.jspecify.annotations.Nullable;

/// What a DNS answer said beside its data, as JSON.
final class HeardJson {
  private HeardJson() {}

  static JsonObject put(JsonObject json, Heard heard) {
    if (heard.equals(Heard.NOTHING)) {
      return json;
    }
    Heard.Carriage carriage = heard.carriage();
    return json.put("question", heard.question())
        .put("lines", heard.lines().stream().map(HeardJson::line).toList())
        .put("flags", heard.flags())
        .put("errors", heard.errors().stream().map(HeardJson::error).toList())
        .put("nsid", heard.nsid().isEmpty() ? null : heard.nsid())
        .put("negative", negative(heard.negative()))
        .put("clientSubnet", clientSubnet(heard.subnet()))
        .put("transport", carriage.over())
        .put("truncated", carriage.truncated())
        .put("withoutEdns", carriage.plain())
        .put("caseKept", carriage.caseKept())
        .put("age", carriage.age() == null ? null : carriage.age().toSeconds())
        .put("phases", ObservationJson.phases(carriage.phases()));
  }

  private static @Nullable JsonObject clientSubnet(Heard.@Nullable ClientSubnet subnet) {
    return subnet == null
        ? null
        : new JsonObject().put("network", subnet.network()).put("scope", subnet.scope());
  }

  static JsonObject line(Heard.Line line) {
    return new JsonObject()
        .put("owner", line.owner())
        .put("type", line.type())
        .put("ttl", line.ttl().toSeconds())
        .put("data", line.data());
  }

  private static JsonObject error(Heard.Extended error) {
    return new JsonObject()
        .put("code", error.code())
        .put("meaning", error.meaning())
        .put("text", error.text());
  }

  private static @Nullable JsonObject negative(Heard.@Nullable Negative negative) {
    return negative == null
        ? null
        : new JsonObject()
            .put("zone", negative.zone())
            .put("ttl", negative.ttl().toSeconds())
            .put("serial", negative.serial());
  }
}
