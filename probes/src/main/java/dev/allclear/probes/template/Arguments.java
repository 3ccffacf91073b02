package dev.allclear.probes.template;

import dev.allclear.probes.template.Expression.Call;
import dev.allclear.probes.template.Expression.Content;
import dev.allclear.probes.template.Expression.Environment;
import dev.allclear.probes.template.Expression.Joined;
import dev.allclear.probes.template.Expression.Text;
import dev.allclear.probes.template.Expression.Variable;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What is written between the parentheses of one call, read as what its function wants.
final class Arguments {

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,15}");

  private final List<Expression> written;

  /// How to write the call.
  private final String form;

  private final String placeholder;

  Arguments(List<Expression> written, String form, String placeholder) {
    this.written = written;
    this.form = form;
    this.placeholder = placeholder;
  }

  int count() {
    return written.size();
  }

  /// From `least` to `most` of them.
  Arguments number(int least, int most) {
    if (count() < least || count() > most) {
      throw wrong(count() < least ? "too few arguments" : "too many arguments");
    }
    return this;
  }

  /// Those from `first` to before `end`, known when it runs.
  List<Expression> texts(int first, int end) {
    return written.subList(first, end);
  }

  long whole(int index, long least, long most) {
    String text = text(index);
    long number = WHOLE.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
    if (number < least || number > most) {
      throw wrong("`%s` is no number from %d to %d".formatted(text, least, most));
    }
    return number;
  }

  /// One of the words.
  String word(int index, String kind, Collection<String> words) {
    String text = text(index);
    if (!words.contains(text)) {
      throw new UnknownWord(
          "no %s is named `%s` in %s".formatted(kind, text, placeholder), text, words);
    }
    return text;
  }

  /// Written there, not computed: its meaning is checked before anything runs.
  String text(int index) {
    if (written.get(index) instanceof Text(String text)) {
      return text;
    }
    throw wrong("argument %d has to be written out".formatted(index + 1));
  }

  /// What `parse` makes of one that is written out; its IllegalArgumentException says what is
  /// wrong.
  <T> T parsed(int index, Function<String, T> parse) {
    return parsed(text(index), parse);
  }

  /// Parses one if what it says is known now.
  void check(int index, Function<String, ?> parse) {
    switch (written.get(index)) {
      case Text(String text) -> parsed(text, parse);
      case Environment(String value) -> parsed(value, parse);
      case Content _, Variable _, Call _, Joined _ -> {}
    }
  }

  private <T> T parsed(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("%s in %s; write %s".formatted(what, placeholder, form));
  }
}
