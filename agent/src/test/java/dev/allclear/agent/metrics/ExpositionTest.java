package dev.allclear.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpositionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                     | TEXT
          */*                                                                    | TEXT
          text/html,application/xhtml+xml,*/*;q=0.8                              | TEXT
          application/openmetrics-text                                           | OPEN_METRICS
          application/openmetrics-text; version=1.0.0;q=0.5,text/plain;q=0.2     | OPEN_METRICS
          application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.5      | TEXT
          Application/OpenMetrics-Text;Q=0.9 , text/plain;version=0.0.4;q=0.5    | OPEN_METRICS
          application/openmetrics-text;q=0                                       | TEXT
          application/openmetrics-text;q=much                                    | TEXT
          application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily | TEXT
          ,;,;q=                                                                 | TEXT
          """)
  void choosesWhatIsPreferred(String accept, Exposition expected) {
    assertEquals(expected, Exposition.accepted(accept));
  }
}
