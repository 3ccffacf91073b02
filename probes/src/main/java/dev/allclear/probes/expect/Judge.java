package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import dev.allclear.probes.template.Template;

/// Makes findings of what a source leads to and what was demanded of it.
final class Judge {

  private final Wording wording;
  private final Contradictions contradictions;

  Judge(Wording wording, Contradictions contradictions) {
    this.wording = wording;
    this.contradictions = contradictions;
  }

  Finding judge(Source source, Predicate predicate, Found found) {
    String subject = wording.subject(source);
    String wanted = wording.wanted(predicate);
    String expected = subject + " " + wanted;
    String rest = wording.scope(source) + tail(predicate, wanted);
    return switch (found) {
      case Found.Unreadable(String why) ->
          new Finding(expected, wording.plain(why), wording.plain(why) + rest);
      case Found.Missing(String is) ->
          Finding.of(
              predicate.equals(new Predicate.Exists(false)),
              expected,
              wording.plain(is),
              subject + " " + wording.plain(is) + rest);
      case Found.Values values -> {
        String is = contradictions.of(predicate, values);
        String actual = wording.shown(values.whole());
        yield is == null
            ? Finding.holding(expected, actual)
            : new Finding(expected, actual, complaint(source, predicate, is, rest));
      }
    };
  }

  private static String tail(Predicate predicate, String wanted) {
    return predicate.equals(new Predicate.Exists(true)) ? "" : ", expected " + wanted;
  }

  /// A body is too long to stand in a sentence.
  private String complaint(Source source, Predicate predicate, String is, String rest) {
    boolean body = source instanceof Source.Body;
    String scope = wording.scope(source);
    return switch (predicate) {
      case Predicate.Contains(Template text, boolean _) when body ->
          "body does not contain " + wording.shown(text) + scope;
      case Predicate.Lacks(Template text) when body ->
          "body contains " + wording.shown(text) + scope;
      case Predicate.Matches(Pattern pattern) when body ->
          "body does not match " + wording.pattern(pattern) + scope;
      case Predicate _ -> wording.subject(source) + " " + is + rest;
    };
  }
}
