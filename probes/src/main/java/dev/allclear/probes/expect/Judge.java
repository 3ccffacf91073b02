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
    return switch (found) {
      case Found.Unreadable(String why) ->
          new Finding(expected, wording.plain(why), wording.plain(why) + tail(predicate, wanted));
      case Found.Missing(String is) ->
          predicate.equals(new Predicate.Exists(false))
              ? Finding.holding(expected, wording.plain(is))
              : new Finding(
                  expected,
                  wording.plain(is),
                  subject + " " + wording.plain(is) + tail(predicate, wanted));
      case Found.Values values -> {
        String is = contradictions.of(predicate, values);
        String actual = wording.shown(values.whole());
        yield is == null
            ? Finding.holding(expected, actual)
            : new Finding(expected, actual, complaint(source, predicate, is));
      }
    };
  }

  private static String tail(Predicate predicate, String wanted) {
    return predicate instanceof Predicate.Exists ? "" : ", expected " + wanted;
  }

  /// A body is too long to stand in a sentence.
  private String complaint(Source source, Predicate predicate, String is) {
    boolean body = source instanceof Source.Body;
    return switch (predicate) {
      case Predicate.Contains(Template text, boolean _) when body ->
          "body does not contain " + wording.shown(text);
      case Predicate.Lacks(Template text) when body -> "body contains " + wording.shown(text);
      case Predicate.Matches(Pattern pattern) when body ->
          "body does not match " + wording.pattern(pattern);
      case Predicate other ->
          wording.subject(source) + " " + is + ", expected " + wording.wanted(other);
    };
  }
}
