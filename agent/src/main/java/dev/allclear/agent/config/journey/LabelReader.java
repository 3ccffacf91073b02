package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Source;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads where the labels of a step's answer stand.
public final class LabelReader {

  private LabelReader() {}

  /// What is expected of a label needs to say where it stands.
  public static Map<Label, Source> read(MapReader step, List<Expectation> expectations) {
    Map<Label, Source> labels =
        step.get("labels", value -> value.map("{version: {json: $.version}}", LabelReader::labels));
    check(step, expectations);
    return labels == null ? Map.of() : labels;
  }

  private static Map<Label, Source> labels(MapReader map) {
    Map<Label, Source> labels = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      Source source = map.get(label.label(), LabelReader::source);
      if (source != null) {
        labels.put(label, source);
      }
    }
    return labels;
  }

  private static @Nullable Source source(Value entry) {
    return entry.map(SourceReader.WANTED, map -> SourceReader.read(entry, map, "a label"));
  }

  private static void check(MapReader step, List<Expectation> expectations) {
    for (Expectation expectation : expectations) {
      if (expectation instanceof Expectation.Labelled(Label label, var _)
          && !isThere(step, label)) {
        step.wrong(
            "expect",
            "`%s` is expected, but nothing says where it stands; write `labels: {%s: {header: NAME}}`"
                .formatted(label.label(), label.label()));
      }
    }
  }

  private static boolean isThere(MapReader step, Label label) {
    Value labels = step.get("labels");
    return labels != null && labels.keys().contains(label.label());
  }
}
