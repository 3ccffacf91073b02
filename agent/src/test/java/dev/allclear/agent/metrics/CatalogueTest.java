package dev.allclear.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// METRICS.md against what a scrape shows after a life in which everything happened.
final class CatalogueTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| [^|]+ \\| ([^|]*)\\| [^|]+ \\|$");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private record Family(String type, Set<String> labels) {}

  @Test
  void documentsEveryFamilyAndNothingElse() throws IOException {
    try (Metrics metrics = Life.lived()) {
      assertEquals(documented(), exposed(metrics.scrape(Metrics.contentType(""))));
    }
  }

  private static Map<String, Family> documented() throws IOException {
    String text = Files.readString(Path.of("../config/prometheus/METRICS.md"));
    Map<String, Family> families = new TreeMap<>();
    ROW.matcher(text)
        .results()
        .forEach(row -> families.put(row.group(1), new Family(row.group(2), labels(row.group(3)))));
    return families;
  }

  private static Set<String> labels(String cell) {
    return Arrays.stream(cell.split(","))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Family> exposed(String scrape) {
    Map<String, Family> families = new TreeMap<>();
    TYPE.matcher(scrape)
        .results()
        .forEach(type -> {
          Family family = new Family(type.group(2), labelsOf(type.group(1), scrape));
          families.put(type.group(1), family);
        });
    return families;
  }

  private static Set<String> labelsOf(String family, String scrape) {
    Pattern series = Pattern.compile("(?m)^" + family + "(?:_bucket|_sum|_count)?\\{(.*)}");
    return series
        .matcher(scrape)
        .results()
        .map(MatchResult::group)
        .flatMap(labels -> LABEL.matcher(labels).results())
        .map(label -> label.group(1))
        .filter(label -> !label.equals("vantage") && !label.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
