package dev.allclear.agent.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Expected words are what bash makes of the same line.
final class ShellWordsTest {
  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("  curl\t-X  GET \n", List.of("curl", "-X", "GET")),
        Arguments.of("a'b c'd\"e f\"g", List.of("ab cde fg")),
        Arguments.of("'' \"\"", List.of("", "")),
        Arguments.of("curl \\\n  -k \\\r\n  x", List.of("curl", "-k", "x")),
        Arguments.of("a\\ b \\'c\\\\", List.of("a b", "'c\\")),
        Arguments.of("'a\\n\"$b'", List.of("a\\n\"$b")),
        Arguments.of("\"a\\n\\\"\\$b\\\\ \\`\"", List.of("a\\n\"$b\\ `")),
        Arguments.of("\"a\\\nb\"", List.of("ab")),
        Arguments.of(
            "$'it\\'s\\t\\u0021\\x41\\101\\\\\\U0001F600'", List.of("it's\t!AA\\\uD83D\uDE00")),
        Arguments.of("x$'\\n'y $z", List.of("x\ny", "$z")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void splitsAsAShellDoes(String line, List<String> words) throws BadImport {
    assertEquals(words, ShellWords.split(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '~',
      textBlock =
          """
          curl 'a     → a quote ' is not closed; was the command cut off?
          curl "a     → a quote " is not closed; was the command cut off?
          curl "a\\   → a quote " is not closed; was the command cut off?
          curl $'a\\' → a quote $' is not closed; was the command cut off?
          curl a | jq → `|` outside quotes; give one curl command alone, its arguments in quotes
          curl a&b    → `&` outside quotes; give one curl command alone, its arguments in quotes
          curl a; b   → `;` outside quotes; give one curl command alone, its arguments in quotes
          curl a >b   → `>` outside quotes; give one curl command alone, its arguments in quotes
          """)
  void saysWhatItCannotSplit(String line, String message) {
    BadImport refusal = assertThrows(BadImport.class, () -> ShellWords.split(line));

    assertEquals(message, refusal.getMessage());
  }
}
