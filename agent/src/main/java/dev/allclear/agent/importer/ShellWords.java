package dev.allclear.agent.importer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a command line into words as a POSIX shell does, with `$'…'` of bash. Nothing is
/// expanded.
final class ShellWords {
  private final String line;
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;
  private int at;

  private ShellWords(String line) {
    this.line = line;
  }

  static List<String> split(String line) throws BadImport {
    ShellWords split = new ShellWords(line);
    split.read();
    return split.words;
  }

  private void read() throws BadImport {
    while (at < line.length()) {
      char c = line.charAt(at++);
      switch (c) {
        case ' ', '\t', '\n', '\r' -> endWord();
        case '\'' -> word().append(upTo('\'', at));
        case '"' -> doubleQuoted();
        case '\\' -> escaped();
        case '$' -> dollar();
        case '|', '>', '<', ';', '&', '`' ->
            throw new BadImport(
                "`" + c + "` outside quotes; give one curl command alone, its arguments in quotes");
        default -> word().append(c);
      }
    }
    endWord();
  }

  private StringBuilder word() {
    StringBuilder begun = word == null ? new StringBuilder() : word;
    word = begun;
    return begun;
  }

  private void endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }

  private String upTo(char quote, int begin) throws BadImport {
    int end = line.indexOf(quote, begin);
    if (end < 0) {
      throw new BadImport("a quote ' is not closed; was the command cut off?");
    }
    at = end + 1;
    return line.substring(begin, end);
  }

  /// A backslash before a line's end joins the lines.
  private void escaped() {
    if (line.startsWith("\r\n", at)) {
      at += 2;
    } else if (at < line.length() && line.charAt(at) == '\n') {
      at++;
    } else if (at < line.length()) {
      word().append(line.charAt(at++));
    }
  }

  private void doubleQuoted() throws BadImport {
    StringBuilder word = word();
    while (at < line.length() && line.charAt(at) != '"') {
      boolean escape = line.charAt(at) == '\\' && at + 1 < line.length();
      if (escape && line.charAt(at + 1) == '\n') {
        at += 2;
        continue;
      }
      at += escape && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0 ? 1 : 0;
      word.append(line.charAt(at++));
    }
    if (at++ >= line.length()) {
      throw new BadImport("a quote \" is not closed; was the command cut off?");
    }
  }

  private void dollar() throws BadImport {
    if (!line.startsWith("'", at)) {
      word().append('$');
      return;
    }
    at++;
    StringBuilder word = word();
    while (at < line.length() && line.charAt(at) != '\'') {
      char c = line.charAt(at++);
      if (c == '\\' && at < line.length()) {
        ansi(line.charAt(at++), word);
      } else {
        word.append(c);
      }
    }
    if (at++ >= line.length()) {
      throw new BadImport("a quote $' is not closed; was the command cut off?");
    }
  }

  private void ansi(char escape, StringBuilder word) {
    switch (escape) {
      case 'n' -> word.append('\n');
      case 't' -> word.append('\t');
      case 'r' -> word.append('\r');
      case 'a' -> word.append('\u0007');
      case 'b' -> word.append('\b');
      case 'f' -> word.append('\f');
      case 'v' -> word.append('\u000b');
      case 'e', 'E' -> word.append('\u001b');
      case 'x' -> code(2, 16, word);
      case 'u' -> code(4, 16, word);
      case 'U' -> code(8, 16, word);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        code(3, 8, word);
      }
      default -> word.append(escape);
    }
  }

  private void code(int digits, int radix, StringBuilder word) {
    int end = at;
    while (end < line.length()
        && end < at + digits
        && Character.digit(line.charAt(end), radix) >= 0) {
      end++;
    }
    int code = end == at ? 0 : Integer.parseUnsignedInt(line.substring(at, end), radix);
    at = end;
    word.appendCodePoint(Character.isValidCodePoint(code) ? code : '\uFFFD');
  }
}
