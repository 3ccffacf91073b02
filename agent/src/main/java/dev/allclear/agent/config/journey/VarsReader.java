package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Var;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a journey says before its steps: variables that each run sets at its start, and the
/// names of what is never shown.
final class VarsReader {
  private static final String VALUE = "text, or {value: TEXT, secret: true}";

  private final Variables variables;

  VarsReader(Variables variables) {
    this.variables = variables;
  }

  /// A variable is known to those after it, and to the steps, even if its value is wrong.
  List<Var> read(MapReader journey) {
    if (journey.isMisspelt("vars")) {
      variables.lose();
    }
    List<Var> vars = new ArrayList<>();
    for (Value entry : journey.entries("vars", "{NAME: TEXT}")) {
      String name = entry.parsedKey(CaptureReader::checkName);
      Var var = entry.isMap() ? entry.map(VALUE, map -> var(entry.name(), map)) : plain(entry);
      variables.set(entry.name());
      if (name != null && var != null) {
        vars.add(var);
      }
    }
    return vars;
  }

  private @Nullable Var plain(Value entry) {
    Template value = variables.text(entry);
    return value == null ? null : new Var(entry.name(), value, false);
  }

  private @Nullable Var var(String name, MapReader map) {
    Template value = map.require("value", "`value: TEXT`", variables::text);
    Boolean secret = map.get("secret", Boolean.FALSE, Value::flag);
    return value == null || secret == null ? null : new Var(name, value, secret);
  }

  Set<String> redact(MapReader journey) {
    Set<String> names = new HashSet<>();
    for (Value entry : journey.list("redact")) {
      String name = entry.text("the name of a header, cookie, parameter or field");
      if (name != null && name.chars().noneMatch(Character::isLetterOrDigit)) {
        entry.wrong(
            Value.quoted(name)
                + " names nothing; write the name of a header, cookie, parameter or field");
      } else if (name != null) {
        names.add(name);
      }
    }
    return names;
  }
}
