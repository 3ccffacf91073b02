package dev.allclear.agent.json;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/// Moments and bounds without loss, both clocks included: what is read equals what was written.
public final class TimeJson {
  private static final DateTimeFormatter NANOSECONDS =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  private TimeJson() {}

  public static String write(Moment moment) {
    return Json.write(tree(moment));
  }

  public static String write(Bounds bounds) {
    return Json.write(tree(bounds));
  }

  /// What `write` wrote.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static Moment moment(String text) {
    return moment(Fields.of(text));
  }

  /// What `write` wrote.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static Bounds bounds(String text) {
    return bounds(Fields.of(text));
  }

  static JsonObject tree(Moment moment) {
    return new JsonObject()
        .put("wall", NANOSECONDS.format(moment.wall()))
        .put("nanos", moment.nanos())
        .put("session", moment.session());
  }

  static JsonObject tree(Bounds bounds) {
    return new JsonObject()
        .put("earliest", tree(bounds.earliest()))
        .put("likely", tree(bounds.likely()))
        .put("latest", tree(bounds.latest()));
  }

  static Moment moment(Fields fields) {
    return new Moment(fields.time("wall"), fields.number("nanos"), fields.number("session"));
  }

  static Bounds bounds(Fields fields) {
    return new Bounds(fields.moment("earliest"), fields.moment("likely"), fields.moment("latest"));
  }
}
