package dev.allclear.agent.config;

import dev.allclear.agent.config.ServiceSettings.Verify;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a service says under `verify`.
final class VerifyReader {
  private final Names journeys;
  private final Names dns;

  VerifyReader(Names journeys, Names dns) {
    this.journeys = journeys;
    this.dns = dns;
  }

  @Nullable Verification read(Value value) {
    return value.map("a map, as {journeys: [NAME]}", this::read);
  }

  private @Nullable Verification read(MapReader map) {
    List<Value> written = map.list("journeys");
    List<Value> lookups = map.list("dns");
    Verify verify = new Verify(journeys.resolve(written), dns.resolve(lookups));
    lookups.forEach(lookup -> checkDistinct(lookup, verify));
    Integer passes = map.get("passes", Verification.DEFAULT.passes(), Value::count);
    Duration span = map.get("for", Verification.DEFAULT.span(), Value::length);
    Duration hold = map.duration("hold", Verification.DEFAULT.hold());
    boolean deep = !written.isEmpty() || map.isMisspelt("journeys");
    return passes == null || span == null || hold == null
        ? null
        : new Verification(verify, passes, span, hold, deep, map.get("for"));
  }

  /// Within a service each probe is known by its name.
  private static void checkDistinct(Value lookup, Verify verify) {
    String name = lookup.text("the name of a dns name");
    if (name != null && verify.journeys().contains(name)) {
      lookup.wrong(Value.quoted(name) + " is a journey here, too; give the journey another name");
    }
  }
}
